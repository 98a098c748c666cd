from datetime import date, datetime
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kneecare.core.models import Publishable, PublishableQuerySet
from kneecare.publishing.models.review import Authored


class VersionedPageQuerySet(PublishableQuerySet):
    def published(self) -> Self:
        """Published pages with the version that patients read, as ``live_version``.

        The time of coming down counts by itself: a late worker shows nothing for longer than was planned.
        """
        stays_up = Q(comes_down_at=None) | Q(comes_down_at__gt=timezone.now())
        shown = super().published().filter(stays_up)
        return shown.select_related("live_version__author", "live_version__reviewer")

    def with_people(self) -> Self:
        return self.select_related("author")

    def due(self, *, at: datetime) -> Self:
        """Pages for which a scheduled time has come: one to go live, or one to come down."""
        return self.filter(Q(goes_live_at__lte=at) | Q(comes_down_at__lte=at))

    def due_by(self, day: date) -> Self:
        """Published pages whose next review is due on ``day`` or before it."""
        return self.published().filter(live_version__review_by__lte=day)

    def never_reviewed(self) -> Self:
        """Published pages that no clinician has reviewed."""
        return self.published().filter(live_version__reviewed_on=None)


class VersionedPage(Publishable, Authored):
    """The draft, which staff edit, while patients read its ``live_version``, which publishing alone changes.

    Each kind of page has ``live_version`` and ``scheduled_version``, which ``to_version`` makes, and its versions
    and events point at it by ``page``.
    """

    goes_live_at = models.DateTimeField(null=True, blank=True, editable=False)
    comes_down_at = models.DateTimeField(null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField(
        default=1,
        editable=False,
        help_text="Counts the saves of the draft, so that no editor overwrites another unawares.",
    )
    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    review_page = "review"  # the page of the admin on which it is signed

    live_version: Any
    scheduled_version: Any
    versions: Any
    events: Any

    class Meta:
        abstract = True
        ordering = ["title"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                name="a_published_%(class)s_has_a_version",
                condition=Q(published_at=None) | Q(live_version__isnull=False),
            ),
            models.CheckConstraint(
                name="a_scheduled_%(class)s_has_a_version_and_its_time",
                condition=Q(scheduled_version=None, goes_live_at=None)
                | Q(scheduled_version__isnull=False, goes_live_at__isnull=False),
            ),
            models.CheckConstraint(
                name="%(class)s_comes_down_after_it_goes_live",
                condition=Q(goes_live_at=None)
                | Q(comes_down_at=None)
                | Q(comes_down_at__gt=F("goes_live_at")),
            ),
        ]

    @property
    def is_published(self) -> bool:
        now = timezone.now()
        is_down = self.comes_down_at is not None and self.comes_down_at <= now
        return super().is_published and not is_down

    @classmethod
    def version_model(cls) -> Any:
        return cls._meta.get_field("live_version").related_model

    @property
    def review_title(self) -> str:
        """What a clinician is asked to sign."""
        return f"“{self.title}” ({self._meta.verbose_name})"

    @property
    def signature(self) -> Any:
        """The clinical review of the draft as the database has it; ``None`` while that is pending. It takes the draft's rows to know."""
        return self.version_model().shown(self).signature

    def count_save(self, *, by: Any) -> None:
        """One save of the draft more. It is not stored here."""
        self.revision += 1
        self.saved_by, self.saved_at = by, timezone.now()

    def settle_restored(self) -> None:
        """Let the fields fit together again which came back from an old version; what they named may be gone."""


def to_version(model: str) -> Any:
    """The link from a page to one of its versions. No version that it names can be deleted."""
    return models.ForeignKey(
        model,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )


def versioned_models() -> list[Any]:
    """The kinds of pages that are published by version."""
    return [model for model in apps.get_models() if issubclass(model, VersionedPage)]
