"""A page and the rows below it, field by field, in the form that Django's own serializers give and take.

What is kept this way comes back under its ids, so that whoever compares knows it again; a new field needs nothing.
"""

import json
import math
from collections.abc import Mapping
from typing import Any

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, ForeignKey, ManyToManyField, Model

Children = Mapping[
    Any, str
]  # kinds of rows, each with its parent_lookup: the link to the page
Rows = list[dict[str, Any]]
# What belongs to a page and not to one version of it, besides what nobody edits.
NOT_KEPT = {"id", "slug", "published_at"}


def source_of(page: Model, children: Children) -> dict[str, Any]:
    """The draft of ``page`` as the database has it: ``fields``, and ``children``."""
    [taken] = serializers.serialize("python", [page], fields=kept_fields(type(page)))
    rows = serializers.serialize("python", children_of(page, children))
    return {"fields": as_stored(taken["fields"]), "children": as_stored(rows)}


def kept_fields(model: type[Model]) -> list[str]:
    """The names of the fields of a page that a version keeps."""
    many = [field for field in model._meta.many_to_many if _is_plain(field)]
    both: list[Field[Any, Any]] = [*model._meta.concrete_fields, *many]
    return [each.name for each in both if each.editable and each.name not in NOT_KEPT]


def children_of(page: Model, children: Children) -> list[Any]:
    """The rows that ``page`` is made of, in the order of the page where they have one."""
    rows = [
        row
        for model, lookup in children.items()
        for row in model._base_manager.filter(**{lookup: page}).order_by(
            *model._meta.ordering, "pk"
        )
    ]
    return sorted(rows, key=lambda row: getattr(row, "ordering", math.inf))


def as_stored(value: Any) -> Any:
    """``value`` as it will be read back from a JSON column, so that the two are equal."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def put_fields_back(row: Any, values: dict[str, Any]) -> list[str]:
    """Give ``row`` those of ``values`` that a version keeps; return the names of what is gone meanwhile.

    Links to many are stored at once; the row itself is not saved here.
    """
    lost = []
    for name in kept_fields(type(row)):
        if name in values:
            lost += _put_back(row, row._meta.get_field(name), values[name])
    return lost


def _put_back(row: Any, field: Any, value: Any) -> list[str]:
    if isinstance(field, ManyToManyField):
        there = field.related_model._base_manager.filter(pk__in=value)
        getattr(row, field.name).set(there)
        return [str(field.verbose_name)] * (len(value) - len(there))
    if not isinstance(field, ForeignKey):
        setattr(row, field.name, field.to_python(value))
        return []
    is_gone = _is_gone(field, value)
    if not is_gone or field.null:
        setattr(row, field.attname, None if is_gone else value)
    return [str(field.verbose_name)] if is_gone else []


def replace_children(page: Model, rows: Rows, children: Children) -> list[str]:
    """Store ``rows`` in the place of all children that there are; return the names of those that point at what is gone."""
    for model, lookup in children.items():
        model._base_manager.filter(**{lookup: page}).delete()
    lost = []
    for part in serializers.deserialize("python", rows, ignorenonexistent=True):
        row: Any = part.object
        setattr(row, children[type(row)], page)
        if _points_at_nothing(row):
            lost.append(str(row._meta.verbose_name))
            continue
        if type(row)._base_manager.filter(pk=row.pk).exists():
            row.pk = None
        part.save()
    return lost


def last_kept(page: Any, model: type[Model], pk: int) -> Any:
    """A child of ``page`` that is deleted, as the last version that had it holds it; it is not stored.

    ``None`` where no version had it, or where it points at what is gone.
    """
    label = model._meta.label_lower
    for source in page.versions.values_list("source", flat=True).iterator():
        for row in source.get("children", []):
            if (row["model"], row["pk"]) == (label, pk):
                [part] = serializers.deserialize(
                    "python", [row], ignorenonexistent=True
                )
                return None if _points_at_nothing(part.object) else part.object
    return None


def _points_at_nothing(row: Model) -> bool:
    """Whether ``row`` names another row that has been deleted since."""
    links: list[Any] = [each for each in row._meta.concrete_fields if each.is_relation]
    return any(_is_gone(link, getattr(row, link.attname)) for link in links)


def _is_gone(field: Any, key: Any) -> bool:
    rows = field.related_model._base_manager
    return key is not None and not rows.filter(pk=key).exists()


def _is_plain(field: Any) -> bool:
    """Whether the link has no fields of its own, which would make rows of it that are children."""
    return bool(field.remote_field.through._meta.auto_created)
