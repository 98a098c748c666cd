"""What an exercise and a routine share: a working copy, and a ``live`` version, which alone is for patients."""

from typing import Any

from django.db import models
from django.db.models import Q

from kneecare.core.models import Publishable
from kneecare.publishing.models import Reviewed, ReviewedQuerySet, WorkingCopy


class FrozenPageQuerySet(ReviewedQuerySet):
    in_force = "live_version__"

    def published(self):
        """Published pages with the version that patients read, as ``live``."""
        return (
            super()
            .published()
            .select_related("live_version__author", "live_version__reviewer")
        )


class FrozenPage(Publishable, Reviewed, WorkingCopy):
    """The working copy. Whoever inherits has ``live``, the version that patients read; only publishing changes it."""

    live: Any

    class Meta:
        abstract = True
        ordering = ["title"]
        constraints = [
            *Publishable.Meta.constraints,
            *Reviewed.Meta.constraints,
            models.CheckConstraint(
                name="a_published_%(class)s_has_a_version",
                condition=Q(published_at=None) | Q(live_version__isnull=False),
            ),
        ]

    @property
    def in_force(self):
        """What patients read: the review that counts is the one that they see."""
        return self.live_version


def to_live(version):
    """The link to the version that patients read."""
    return models.ForeignKey(
        version,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
