"""An old version back in the working copy. Patients read what they read before, until somebody publishes."""

from django.db import transaction

from articles.models import PARTS, Article
from articles.publish import Action, record
from articles.versions import FIELDS, keep
from kneecare.publishing.exceptions import Refused
from kneecare.publishing.snapshots import put_fields_back, replace_parts


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
    article.count_save(by=by)
    article.save()
    lost += replace_parts(version.source["parts"], PARTS, article)
    record(article, Action.RESTORED, version, by=by)
    keep(article, by=by, note=f"Brought back from {version.label}.")
    return lost
