"""A row and the rows below it, field by field, in the form that Django's own serializers give and take.

What is kept this way comes back under its ids, so that whoever compares knows it again; a new field needs nothing.
"""

import json
from typing import Any

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import ForeignKey, ManyToManyField


def fields_of(row, names):
    """The fields called ``names`` of ``row``, by name."""
    [taken] = serializers.serialize("python", [row], fields=names)
    return stored(taken["fields"])


def parts_of(rows):
    """A list of rows of any models."""
    return stored(serializers.serialize("python", rows))


def stored(value):
    """``value`` as it will be read back from a JSON column, so that the two are equal."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def put_fields_back(row: Any, values, names):
    """Give ``row`` those of ``values`` that are called ``names``; return what is gone meanwhile.

    Links to many are stored at once; the row itself is not saved here.
    """
    lost = []
    for name in names:
        if name not in values:
            continue
        field: Any = row._meta.get_field(name)
        if isinstance(field, ManyToManyField):
            there = field.related_model._base_manager.filter(pk__in=values[name])
            getattr(row, name).set(there)
            lost += [str(field.verbose_name)] * (len(values[name]) - len(there))
        elif isinstance(field, ForeignKey) and _is_gone(field, values[name]):
            lost.append(str(field.verbose_name))
            setattr(
                row, field.attname, None if field.null else getattr(row, field.attname)
            )
        elif isinstance(field, ForeignKey):
            setattr(row, field.attname, values[name])
        else:
            setattr(row, name, field.to_python(values[name]))
    return lost


def replace_parts(parts, ways, owner):
    """As ``put_parts_back``, in the place of all parts that there are."""
    for model, way in ways.items():
        model._base_manager.filter(**{way: owner}).delete()
    return put_parts_back(parts, ways, owner)


def put_parts_back(parts, ways, owner):
    """Store ``parts`` again; return the names of those that point at what is gone.

    ``ways`` maps each kind of part to the way up to ``owner``, as a query says it: in one step, or through another part.
    """
    lost = []
    for part in serializers.deserialize("python", parts, ignorenonexistent=True):
        row: Any = part.object
        way = ways[type(row)]
        if "__" not in way:
            setattr(row, way, owner)
        if _points_at_nothing(row):
            lost.append(str(row._meta.verbose_name))
            continue
        if type(row)._base_manager.filter(pk=row.pk).exists():
            row.pk = None
        part.save()
    return lost


def _points_at_nothing(row: Any):
    """Whether ``row`` names another row that has been deleted since."""
    links = [field for field in row._meta.concrete_fields if field.is_relation]
    return any(_is_gone(field, getattr(row, field.attname)) for field in links)


def _is_gone(field, key):
    rows = field.related_model._base_manager
    return key is not None and not rows.filter(pk=key).exists()
