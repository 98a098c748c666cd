"""Publish means freeze: what patients read is a numbered copy that no later edit touches."""

from content_editor.contents import contents_for_item
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import BLOCKS, ArticlePublication
from kneecare.core.models import Picture


class PublishedMeanwhile(Exception):
    """Somebody else published the same article at the same moment."""


def freeze(article):
    """The working copy of ``article`` as an unsaved publication with the next number."""
    blocks = contents_for_item(article, BLOCKS).main
    last = article.publications.order_by("number").last()
    return ArticlePublication(
        article=article,
        number=last.number + 1 if last else 1,
        title=article.title,
        summary=article.summary,
        author=article.author,
        reviewer=article.reviewer,
        reviewed_on=article.reviewed_on,
        review_by=article.review_by,
        blocks=[block.frozen() for block in blocks],
    )


def publish(article, *, by):
    """Make the working copy what patients read, and return the new publication.

    ``by`` is the member of staff, or ``None`` for first content. Raises ``PublishedMeanwhile`` when another
    publication took the same number first; nothing has changed then.
    """
    try:
        with transaction.atomic():
            publication = freeze(article)
            publication.made_by = by
            publication.save()
            publication.exercises.set(_ids(publication, "exercise"))
            publication.routines.set(_ids(publication, "routine"))
            publication.pictures.set(
                Picture.objects.filter(name__in=_names(publication))
            )
            article.live = publication
            article.published_at = article.published_at or timezone.now()
            article.save(update_fields=["live", "published_at", "updated_at"])
    except IntegrityError as error:
        if article.publications.filter(number=publication.number).exists():
            raise PublishedMeanwhile from error
        raise
    return publication


def _ids(publication, kind):
    return {block["id"] for block in publication.blocks if block["type"] == kind}


def _names(publication):
    return {block["name"] for block in publication.blocks if block["type"] == "image"}
