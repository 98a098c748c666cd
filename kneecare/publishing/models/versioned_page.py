"""What an exercise and a routine share: a working copy, and a ``live`` publication, which alone is for patients."""

from typing import Any

from django.db import models
from django.db.models import Q

from kneecare.core.models import Publishable
from kneecare.publishing.models import Reviewed, ReviewedQuerySet, WorkingCopy


class FrozenPageQuerySet(ReviewedQuerySet):
    in_force = "live__"

    def published(self):
        """Published pages with the publication that patients read, as ``live``."""
        return super().published().select_related("live__author", "live__reviewer")


class FrozenPage(Publishable, Reviewed, WorkingCopy):
    """The working copy. Whoever inherits has ``live``, the publication that patients read; only publishing changes it."""

    live: Any

    class Meta:
        abstract = True
        ordering = ["title"]
        constraints = [
            *Publishable.Meta.constraints,
            *Reviewed.Meta.constraints,
            models.CheckConstraint(
                name="a_published_%(class)s_has_a_publication",
                condition=Q(published_at=None) | Q(live__isnull=False),
            ),
        ]

    @property
    def in_force(self):
        """What patients read: the review that counts is the one that they see."""
        return self.live


def to_live(publication):
    """The link to the publication that patients read."""
    return models.ForeignKey(
        publication,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
