"""An old version back in the working copy. Patients read what they read before, until somebody publishes."""

from typing import Any

from django.core import serializers
from django.db import transaction
from django.db.models import ForeignKey, ManyToManyField
from django.utils import timezone

from articles.freezing import FIELDS, keep
from articles.models import PARTS, Article
from articles.publishing import Action, record
from articles.refusals import Refused


@transaction.atomic
def restore(version, *, by):
    """Put the fields and parts of ``version`` back; return the names of what could not be, as it no longer exists.

    Author and review come back too, as a review belongs to the words that were reviewed. The working copy as it was
    is kept as a version first. Parts keep their ids, so that a comparison knows them again. A new kind of block
    needs nothing but its place in ``BLOCKS``: Django's serializer takes its fields down and puts them back.
    """
    if not version.source:
        raise Refused("This version is from before versions could be brought back.")
    article = Article.objects.select_for_update().get(pk=version.article_id)
    keep(article, by=by, note=f"Kept before {version.label} was brought back.")
    lost = _restore_fields(article, version.source["article"])
    article.revision += 1
    article.saved_by, article.saved_at = by, timezone.now()
    article.save()
    lost += _restore_parts(article, version.source["parts"])
    record(article, Action.RESTORED, version, by=by)
    keep(article, by=by, note=f"Brought back from {version.label}.")
    return lost


def _restore_fields(article, values):
    lost = []
    for name in FIELDS:
        if name not in values:
            continue
        field: Any = Article._meta.get_field(name)
        if isinstance(field, ManyToManyField):
            there = field.related_model._base_manager.filter(pk__in=values[name])
            getattr(article, name).set(there)
            lost += [str(field.verbose_name)] * (len(values[name]) - len(there))
        elif isinstance(field, ForeignKey):
            setattr(article, field.attname, values[name])
        else:
            setattr(article, name, field.to_python(values[name]))
    return lost


def _restore_parts(article, parts):
    for model, owner in PARTS.items():
        model._base_manager.filter(**{owner: article}).delete()
    return put_back(parts, article)


def put_back(parts, article):
    """Store ``parts`` of a version in the working copy again; return the names of those that point at what is gone."""
    lost = []
    for part in serializers.deserialize("python", parts, ignorenonexistent=True):
        row: Any = part.object
        if _points_at_nothing(row):
            lost.append(str(row._meta.verbose_name))
            continue
        if type(row)._base_manager.filter(pk=row.pk).exists():
            row.pk = None
        setattr(row, PARTS[type(row)], article)
        part.save()
    return lost


def _points_at_nothing(row: Any):
    """Whether ``row`` names another row that has been deleted since."""
    links = [field for field in row._meta.concrete_fields if field.is_relation]
    return any(
        getattr(row, field.attname) is not None
        and not field.related_model._base_manager.filter(
            pk=getattr(row, field.attname)
        ).exists()
        for field in links
    )
