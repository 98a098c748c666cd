"""What was kept of a page, and what was done with it. Each kind of page has a kind of version and of event."""

from copy import copy
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Max, Q
from django.db.models.base import ModelState
from django.utils import timezone
from django.utils.formats import date_format

from kneecare.core.people import name_of
from kneecare.publishing.models.review import Authored, Reviewed
from kneecare.publishing.models.written_once import WrittenOnce, WrittenOnceQuerySet
from kneecare.publishing.snapshots import Children, source_of


class MadeBy(models.Model):
    """Who did it. The name stays when the account goes."""

    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_by_name = models.CharField("by", max_length=160, blank=True)

    class Meta:
        abstract = True

    def credit(self, user: Any) -> Self:
        """To ``user``, or to nobody in particular: the site itself."""
        self.made_by = user
        self.made_by_name = name_of(user)
        return self


class VersionQuerySet(WrittenOnceQuerySet):
    def published(self) -> Self:
        """The versions that patients read now."""
        pages: Any = self.model._meta.get_field("page").related_model
        live = pages.objects.published().order_by().values("live_version")
        return self.filter(pk__in=live)

    def numbered(self) -> Self:
        """Versions made for patients, and not only kept."""
        return self.exclude(number=None)

    def next_number(self) -> int:
        """The number that the next version for patients will have."""
        return (self.aggregate(last=Max("number"))["last"] or 0) + 1


class Version(WrittenOnce, MadeBy, Reviewed):
    """A version of a ``page``: ``data`` is what patients read, ``source`` the draft that it was made of.

    One with a ``number`` is made for patients; one without was only saved. It is written once.
    Only a page that was never live takes its versions along when it is deleted. Old saves are pruned (see ``pruning``).
    """

    # The kinds of rows that a page is made of besides its fields, each with its parent_lookup: the link to the page.
    CHILDREN: ClassVar[Children] = {}

    number = models.PositiveIntegerField(null=True, blank=True)
    revision = models.PositiveIntegerField(
        default=0, help_text="Which save of the draft it was made of."
    )
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=200)
    data = models.JSONField(encoder=DjangoJSONEncoder)
    source = models.JSONField(default=dict)
    note = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    page: Any

    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-made_at", "-pk"]
        constraints = [
            *Reviewed.Meta.constraints,
            models.UniqueConstraint(
                fields=["page", "number"], name="%(class)ss_are_numbered_once"
            ),
            models.CheckConstraint(
                name="%(class)ss_are_numbered_from_one",
                condition=Q(number=None) | Q(number__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.label}"

    @property
    def label(self) -> str:
        """What staff call it: by its number, or without one, as patients never read it, by when it was saved."""
        if self.number:
            return f"version {self.number}"
        moment = timezone.localtime(self.made_at)
        return f"the save of {date_format(moment, 'M j, Y, g:i A')}"

    def sources(self) -> list[str]:
        """Where what it says comes from, a line each, for the clinician who signs it."""
        return []

    @classmethod
    def of(cls, page: Any) -> Self:
        """The draft of ``page``, as the database has it, as a version that is not stored and has no number."""
        version = cls.shown(page)
        version.source = source_of(version.page, cls.CHILDREN)
        return version

    @classmethod
    def shown(cls, page: Any) -> Self:
        """The same as far as patients would read it, which is what is signed."""
        page = type(page)._default_manager.get(pk=page.pk)
        same = [field.attname for field in Authored._meta.fields]
        same += ["title", "summary", "revision"]
        version = cls(page=page, **{name: getattr(page, name) for name in same})
        version.take_snapshot()
        version.take_signature()
        return version

    def again(self) -> Self:
        """The same words, not stored yet, with the signature that holds for them now."""
        same = copy(self)
        same.pk, same._state = None, ModelState()
        same.page, same.made_at = self.page, timezone.now()
        same.take_signature()
        return same

    def take_snapshot(self) -> None:
        """Fill in what patients read of the draft: ``data``, and what the kind of version has besides."""
        raise NotImplementedError

    def store(self, *, by: Any, note: str = "", number: int | None = None) -> Self:
        """Store what ``of()`` made. Raises ``IntegrityError`` for a number that is taken."""
        self.number, self.note = number, note
        self.credit(by).save()
        self.link()
        return self

    def link(self) -> None:
        """Store the links to what the stored version shows."""


class Event(MadeBy):
    """What somebody, or the clock, did with a ``page``: kept for good, one row for each."""

    class Action(models.TextChoices):
        PUBLISHED = "published", "Published"
        SCHEDULED = "planned", "Planned to go live"
        UNSCHEDULED = "plan_dropped", "Plan dropped"
        WENT_LIVE = "went_live", "Went live as planned"
        TAKEN_DOWN = "taken_down", "Taken down"
        CAME_DOWN = "came_down", "Came down as planned"
        END_CHANGED = "end_changed", "Time to come down changed"
        RESTORED = "restored", "Brought back into the working copy"
        LINK_MADE = "link_made", "Preview link made"
        LINKS_ENDED = "links_ended", "All preview links ended"

    action = models.CharField(max_length=20, choices=Action)
    at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(
        null=True, blank=True, help_text="The time that it was planned for, or ends at."
    )

    page: Any
    version: Any

    class Meta:
        abstract = True
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return str(self.get_action_display())


def to_page(model: str, related_name: str) -> Any:
    """The link from a version or an event to its page."""
    return models.ForeignKey(
        model,
        verbose_name=model.lower(),
        on_delete=models.CASCADE,
        related_name=related_name,
    )


def of_version(model: str) -> Any:
    """The link from an event to the version that it was about."""
    return models.ForeignKey(
        model, null=True, blank=True, on_delete=models.CASCADE, related_name="events"
    )
