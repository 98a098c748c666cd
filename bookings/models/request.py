"""The queue: Discovery Calls and enquiries, and what happened to each."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils import timezone
from django.utils.crypto import get_random_string
from phonenumber_field.modelfields import PhoneNumberField

from bookings.models.calendar import Slot
from bookings.models.zoned import Zoned, ZonedQuerySet
from bookings.states import AFTER_CALL, AFTER_ENQUIRY, HOLDING, RELEASED, State
from kneecare.clinic.models import Program

CALL, JOIN, HELLO = "discovery_call", "join_program", "say_hi"
# Letters and digits that cannot be taken for each other when they are read out.
READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def make_public_id():
    return secrets.token_urlsafe(18)


def make_reference():
    return get_random_string(10, READABLE)


class BookingQuerySet(ZonedQuerySet):
    def holding(self):
        """Requests whose call time nobody else can book."""
        return self.filter(state__in=HOLDING)

    def unanswered(self):
        """Requests for a call whose time has gone by without an answer."""
        return self.filter(state=State.REQUESTED, slot__ends_at__lte=timezone.now())

    def with_call(self):
        """Attach the call's time, and the clinic's zone to show it in."""
        return self.select_related("slot__clinician", "program").with_zone()

    def over_since(self, moment):
        """Requests that ended before ``moment``: by their call, by a decision, or an enquiry when it came in."""
        ended = Case(
            When(slot=None, then=F("created_at")),
            When(state__in=RELEASED, then=F("decided_at")),
            default=F("slot__ends_at"),
        )
        return self.alias(over_at=ended).filter(over_at__lt=moment)


class Booking(Zoned):
    """What a visitor asks of the clinic. A change of state goes through ``bookings.services``."""

    class Kind(models.TextChoices):
        DISCOVERY_CALL = CALL, "Discovery Call"
        JOIN_PROGRAM = JOIN, "Join a program"
        SAY_HI = HELLO, "Say hi"

    State = State

    public_id = models.CharField(max_length=32, unique=True, default=make_public_id)
    reference = models.CharField(max_length=10, unique=True, default=make_reference)
    kind = models.CharField(max_length=20, choices=Kind)
    slot = models.ForeignKey(
        Slot,
        verbose_name="call time",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="bookings",
    )
    program = models.ForeignKey(
        Program,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="bookings",
    )
    name = models.CharField(max_length=80)
    email = models.EmailField("e-mail")
    phone = PhoneNumberField(blank=True)
    message = models.TextField("what is going on", max_length=1000, blank=True)
    consent_version = models.PositiveIntegerField("consent", null=True, blank=True)
    consented_at = models.DateTimeField("consent given", null=True, blank=True)
    source = models.CharField("came from", max_length=200, blank=True)
    state = models.CharField(max_length=24, choices=State, default=State.REQUESTED)
    version = models.PositiveIntegerField(default=1)
    submission_key = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    created_at = models.DateTimeField("asked", default=timezone.now)
    decided_at = models.DateTimeField("last decided", null=True, blank=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = "request"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_booking_per_slot",
                fields=["slot"],
                condition=Q(state__in=HOLDING),
            ),
            models.UniqueConstraint(
                name="a_form_is_stored_once", fields=["submission_key"]
            ),
            models.CheckConstraint(
                name="exactly_a_discovery_call_has_a_slot",
                condition=Q(kind=CALL, slot__isnull=False)
                | Q(~Q(kind=CALL), slot__isnull=True),
            ),
            models.CheckConstraint(
                name="exactly_a_request_to_join_has_a_program",
                condition=Q(kind=JOIN, program__isnull=False)
                | Q(~Q(kind=JOIN), program__isnull=True),
            ),
            models.CheckConstraint(
                name="a_discovery_call_has_consent",
                condition=~Q(kind=CALL)
                | Q(consent_version__isnull=False, consented_at__isnull=False),
            ),
            models.CheckConstraint(
                name="booking_kind_is_known", condition=Q(kind__in=[CALL, JOIN, HELLO])
            ),
            models.CheckConstraint(
                name="booking_state_is_known", condition=Q(state__in=State.values)
            ),
        ]
        indexes = [
            models.Index(name="booking_by_age", fields=["-created_at", "-id"]),
            models.Index(name="booking_by_state", fields=["state", "-created_at"]),
        ]

    def __str__(self):
        # In the admin's log for good: nothing of the visitor's.
        return f"Request {self.reference}"

    @property
    def is_call(self):
        return self.kind == self.Kind.DISCOVERY_CALL

    @property
    def is_open(self):
        return self.state in HOLDING

    @property
    def has_started(self):
        return self.slot is not None and self.slot.starts_at <= timezone.now()

    @property
    def can_be_cancelled(self):
        """Whether its visitor can still cancel it."""
        return self.can_become(State.CANCELLED_BY_VISITOR) and not self.has_started

    def can_become(self, state):
        rules = AFTER_CALL if self.is_call else AFTER_ENQUIRY
        return state in rules.get(State(self.state), ())


class BookingEvent(Zoned):
    """Who did what when. Written with the change itself, never changed."""

    booking = models.ForeignKey(
        Booking, on_delete=models.CASCADE, related_name="events"
    )
    from_state = models.CharField("from", max_length=24, choices=State, blank=True)
    to_state = models.CharField("to", max_length=24, choices=State)
    version = models.PositiveIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="by",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(default=timezone.now)

    objects = ZonedQuerySet.as_manager()

    class Meta:
        verbose_name = "event"
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(
                name="a_booking_has_one_event_per_version",
                fields=["booking", "version"],
            ),
        ]

    def __str__(self):
        return f"{self.get_to_state_display()}"
