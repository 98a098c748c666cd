"""An old version back in the working copy. Patients read what they read before, until somebody publishes."""

from django.db import transaction
from django.utils import timezone

from articles.freezing import FIELDS, keep
from articles.models import PARTS, Article
from articles.publishing import Action, record
from articles.refusals import Refused
from kneecare.core.snapshots import put_fields_back, put_parts_back


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
    lost = put_fields_back(article, version.source["article"], FIELDS)
    article.revision += 1
    article.saved_by, article.saved_at = by, timezone.now()
    article.save()
    lost += _restore_parts(article, version.source["parts"])
    record(article, Action.RESTORED, version, by=by)
    keep(article, by=by, note=f"Brought back from {version.label}.")
    return lost


def _restore_parts(article, parts):
    for model, owner in PARTS.items():
        model._base_manager.filter(**{owner: article}).delete()
    return put_back(parts, article)


def put_back(parts, article):
    """Store ``parts`` of a version in the working copy again; return the names of those that point at what is gone."""
    return put_parts_back(parts, PARTS, article)
