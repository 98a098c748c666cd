"""The versions of a page that is published by freezing."""

from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.db.models import Max, UniqueConstraint
from django.utils import timezone
from django.utils.formats import date_format

from kneecare.core.database.constraints import refused_by
from kneecare.publishing.exceptions import PublishedMeanwhile

# What belongs to a page and not to one version of it: no version keeps or restores it.
NOT_KEPT = {
    "id",
    "slug",
    "published_at",
    "updated_at",
    "live",
    "revision",
    "saved_at",
    "saved_by",
}


def label(number, made_at):
    """What staff call a version: by its number, or without one, as patients never read it, by when it was saved."""
    if number:
        return f"version {number}"
    moment = timezone.localtime(made_at)
    return f"the save of {date_format(moment, 'M j, Y, g:i A')}"


def next_number(page):
    """The number that the next version of ``page`` for patients will have."""
    return (page.versions.aggregate(last=Max("number"))["last"] or 0) + 1


@contextmanager
def taking_the_next_number(page):
    """A transaction that stores the version with that number.

    Raises ``PublishedMeanwhile`` when somebody else took it first; nothing has changed then.
    """
    try:
        with transaction.atomic():
            yield next_number(page)
    except IntegrityError as error:
        if _is_taken(error, page.versions.model):
            raise PublishedMeanwhile from error
        raise


def _is_taken(error, versions):
    unique = [
        constraint.name
        for constraint in versions._meta.constraints
        if isinstance(constraint, UniqueConstraint)
    ]
    return any(refused_by(error, versions, name) for name in unique)
