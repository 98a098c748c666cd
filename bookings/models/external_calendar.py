"""Calendars of a clinician's elsewhere, and when these say that they are busy."""

from datetime import datetime, timedelta
from typing import Self
from urllib.parse import urlsplit

from django.db import models
from django.db.models import F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from kneecare.clinic.models import Clinician
from kneecare.core.jobs.queue import QueuedWork, QueueQuerySet
from kneecare.core.sealing import sealed, unsealed

PURPOSE = "bookings.external_calendar"
STALE = timedelta(hours=6)  # without a success


class ExternalCalendarQuerySet(QueueQuerySet):
    def pending(self) -> Self:
        """Nobody asks for the calendar of somebody who has left."""
        return self.filter(clinician__archived_on=None)

    def stale(self) -> Self:
        """Those that staff have to be told of: not read for too long, or never, and that went wrong."""
        known_at = Coalesce("read_at", "address_given_at")
        never = Q(read_at=None) & ~Q(last_error="")
        old = self.pending().alias(known_at=known_at)
        return old.filter(Q(known_at__lt=timezone.now() - STALE) | never)

    def check_now(self) -> int:
        """Have the worker ask at once; returns how many it will ask."""
        waiting = self.pending()
        pks = list(waiting.values_list("pk", flat=True))
        return self.model._base_manager.filter(pk__in=pks).update(
            next_attempt_at=timezone.now()
        )


class ExternalCalendar(QueuedWork):
    """An address at which a clinician's calendar can be read. Whoever has it reads all of it: it is sealed, and never shown again.

    Its work never ends: the worker asks for it again and again (``bookings.calendars.sync``).
    """

    LEASE = timedelta(minutes=10)
    FIRST_WAIT = timedelta(minutes=5)
    LONGEST_WAIT = timedelta(hours=2)

    clinician = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="external_calendars"
    )
    name = models.CharField(
        max_length=60,
        blank=True,
        help_text="For staff, where somebody has several: such as Work.",
    )
    sealed_address = models.TextField(editable=False)
    host = models.CharField(max_length=255, editable=False)
    address_given_at = models.DateTimeField(default=timezone.now, editable=False)
    read_at = models.DateTimeField("last read", null=True, blank=True, editable=False)
    read_until = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="Up to when busy times are known.",
    )
    read_for = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="The clinic's time zone when it was read.",
    )
    etag = models.CharField(max_length=300, blank=True, editable=False)
    last_modified = models.CharField(max_length=300, blank=True, editable=False)
    unclear_events = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text="Events with a broken date, or in a time zone that nobody knows.",
    )

    objects = ExternalCalendarQuerySet.as_manager()

    class Meta:
        verbose_name = "other calendar"
        ordering = ["clinician", "pk"]
        constraints = [
            models.CheckConstraint(
                name="an_other_calendar_has_an_address",
                condition=~Q(sealed_address="") & ~Q(host=""),
            ),
        ]

    def __str__(self):
        return f"{self.clinician.name}: {self.name or self.host}"

    @property
    def is_stale(self) -> bool:
        """Not read for too long."""
        known_at: datetime = self.read_at or self.address_given_at
        return known_at < timezone.now() - STALE

    @property
    def address(self) -> str:
        """Raises ``CannotUnseal``."""
        return unsealed(self.sealed_address, PURPOSE)

    def take_address(self, address: str) -> None:
        """Ask at ``address`` from now on. What the old one said counts until the new one was read."""
        self.sealed_address = sealed(address, PURPOSE)
        self.host = urlsplit(address).hostname or ""
        self.address_given_at = self.next_attempt_at = timezone.now()
        self.read_at = self.read_until = self.leased_until = None
        self.read_for = self.etag = self.last_modified = self.last_error = ""


class BusyTimeQuerySet(models.QuerySet["BusyTime"]):
    def of_pending_calendars(self) -> Self:
        return self.filter(calendar__clinician__archived_on=None)

    def hitting(self, slot: str) -> Self:
        """Of an outer query, those that share a minute with the time that its rows have in ``slot``."""
        return self.filter(
            calendar__clinician=OuterRef(f"{slot}__clinician"),
            starts_at__lt=OuterRef(f"{slot}__ends_at"),
            ends_at__gt=OuterRef(f"{slot}__starts_at"),
        )


class BusyTime(models.Model):
    """A stretch in which a clinician is busy, as one of their calendars says. Of what they do, nothing is kept."""

    calendar = models.ForeignKey(
        ExternalCalendar, on_delete=models.CASCADE, related_name="busy_times"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = BusyTimeQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(
                name="a_calendar_is_busy_once_at_a_time",
                fields=["calendar", "starts_at"],
            ),
            models.CheckConstraint(
                name="busy_time_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
            ),
        ]

    def __str__(self):
        return f"{self.starts_at:%Y-%m-%d %H:%M} to {self.ends_at:%Y-%m-%d %H:%M} UTC"
