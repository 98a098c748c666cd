"""Publishing takes a snapshot: what patients read of an exercise or a routine is a numbered copy that no later edit touches."""

from django.db import transaction
from django.utils import timezone

from exercises.versions import store, unsaved
from kneecare.publishing.versions import taking_the_next_number
from kneecare.search import index


def publish(page, *, by, note=""):
    """Make the working copy of ``page``, an exercise or a routine, what patients read; return the version.

    ``by`` is the member of staff, or ``None`` for first content. Raises ``PublishedMeanwhile`` when another
    version took the same number first; nothing has changed then.
    """
    with taking_the_next_number(page) as number:
        version = store(page, number=number, made_by=by, note=note)
        page.live_version = version
        page.published_at = page.published_at or timezone.now()
        page.save(update_fields=["live_version", "published_at", "updated_at"])
        index.refresh(page)
    return version


def take_down(page):
    """Show patients nothing of ``page`` any more; its versions stay."""
    with transaction.atomic():
        page.published_at = None
        page.save(update_fields=["published_at"])
        index.refresh(page)


def preview_of(page):
    """The working copy of ``page`` as patients would read it, and an unsaved version that says who reviewed it."""
    return page.snapshot(), unsaved(page)
