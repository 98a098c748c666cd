from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone


class PublishableQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        """What a visitor may see: the only definition of it, for every page, feed and list."""
        return self.filter(published_at__lte=timezone.now())

    def visible_to(self, user: Any) -> Self:
        """Staff who may see them preview drafts; everybody else sees what is published."""
        options = self.model._meta
        may_preview = f"{options.app_label}.view_{options.model_name}"
        if user.is_staff and user.has_perm(may_preview):
            return self.all()
        return self.published()


class Publishable(models.Model):
    """A page with an address of its own that is a draft until somebody publishes it."""

    title = models.CharField(max_length=120)
    slug = models.SlugField(
        "address",
        max_length=80,
        unique=True,
        help_text="The last part of the page's address: lower-case words joined by hyphens. "
        "When it changes, the old address leads to the new one.",
    )
    summary = models.CharField(
        max_length=200,
        help_text="One or two plain sentences. Shown on cards and by search engines.",
    )
    published_at = models.DateTimeField(
        "published", null=True, blank=True, help_text="Empty while this is a draft."
    )
    updated_at = models.DateTimeField("last changed", auto_now=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_has_an_address", condition=~Q(slug="")
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        return self.published_at is not None and self.published_at <= timezone.now()


class SlugRedirectQuerySet(models.QuerySet[Any]):
    def of(self, kind: type[models.Model]) -> Self:
        """The old slugs of one kind of page: a model."""
        return self.filter(kind=kind._meta.label_lower)


class SlugRedirect(models.Model):
    """A slug that a page had. It leads to the page itself, so that there is no chain to follow."""

    kind = models.CharField(max_length=80)
    slug = models.SlugField(max_length=80)
    page_id = models.BigIntegerField()

    objects = SlugRedirectQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "slug"], name="an_old_slug_leads_to_one_page"
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class ClockCheck(models.Model):
    """What the worker's clock said last, when it was last at work, and when the site was last backed up. There is one row.

    A clock that jumps by more than a day, either way, may be wrong: nothing is deleted and nothing expires from then
    on, until a person says that it is right.
    """

    seen_at = models.DateTimeField("last look at the clock")
    jumped_from = models.DateTimeField(null=True, blank=True)
    jumped_to = models.DateTimeField(null=True, blank=True)
    worker_alive_at = models.DateTimeField(null=True, blank=True)
    backed_up_at = models.DateTimeField("last backup", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="there_is_one_clock_check", condition=Q(pk=1)),
        ]

    def __str__(self) -> str:
        return "The clock"
