"""The queue: Discovery Calls, call-backs and enquiries."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone
from phonenumber_field.modelfields import PhoneNumberField

from bookings.models.booking_queryset import BookingQuerySet
from bookings.models.clinic_time import ClinicTimeMixin
from bookings.models.slot import Slot
from bookings.states import ACTIVE_STATES, SUSPICIONS, TRANSITIONS, State, Suspicion
from kneecare.clinic.models import Program
from kneecare.core.identifiers import readable_code

CALL, BACK = "discovery_call", "call_back"
JOIN, HELLO = "join_program", "say_hi"


def make_public_id() -> str:
    return secrets.token_urlsafe(18)


def make_reference():
    return readable_code(10)


class Booking(ClinicTimeMixin):
    """What a visitor asks of the clinic. A change of state goes through ``bookings.services``."""

    class Kind(models.TextChoices):
        DISCOVERY_CALL = CALL, "Discovery Call"
        CALL_BACK = BACK, "Call-back"
        JOIN_PROGRAM = JOIN, "Join a program"
        SAY_HI = HELLO, "Say hi"

    Suspicion = Suspicion
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
    searchable_name = models.CharField(
        max_length=240,
        blank=True,
        editable=False,
        help_text="The name in plain small letters, for the search.",
    )
    email = models.EmailField("e-mail", blank=True)
    phone = PhoneNumberField(blank=True)
    message = models.TextField("what is going on", max_length=1000, blank=True)
    consent_version = models.PositiveIntegerField("consent", null=True, blank=True)
    consented_at = models.DateTimeField("consent given", null=True, blank=True)
    texts_agreed_at = models.DateTimeField(
        "agreed to text messages",
        null=True,
        blank=True,
        help_text="Empty for whoever did not, or wrote STOP.",
    )
    referrer = models.CharField("came from", max_length=200, blank=True)
    visitor_zone = models.CharField("visitor's time zone", max_length=64, blank=True)
    suspicion = models.CharField(
        "may not be a person",
        max_length=60,
        blank=True,
        help_text="Why this may come from a program. It is a hint: look before you decline.",
    )
    client_ip_key = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="A keyed hash of the client IP, for a day.",
    )
    email_key = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="A keyed hash of the mailbox, however its address is written.",
    )
    hold_ends_at = models.DateTimeField(
        "held until",
        null=True,
        blank=True,
        help_text="Empty for a time that is held until somebody answers.",
    )
    wants_earlier_since = models.DateTimeField(
        "wishes for an earlier time",
        null=True,
        blank=True,
        help_text="Since when. Empty for whoever does not.",
    )
    state = models.CharField(max_length=24, choices=State, default=State.REQUESTED)
    version = models.PositiveIntegerField(default=1)
    idempotency_key = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    created_at = models.DateTimeField("asked", default=timezone.now)
    decided_at = models.DateTimeField("last decided", null=True, blank=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = "request"
        permissions = [("export_booking", "Can export requests")]
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_booking_per_slot",
                fields=["slot"],
                condition=Q(state__in=ACTIVE_STATES),
            ),
            models.UniqueConstraint(
                name="a_form_is_stored_once", fields=["idempotency_key"]
            ),
            models.CheckConstraint(
                name="a_call_has_a_slot_and_an_enquiry_has_none",
                condition=Q(kind=CALL, slot__isnull=False)
                | Q(kind__in=[JOIN, HELLO], slot__isnull=True)
                | ~Q(kind__in=[CALL, JOIN, HELLO]),
            ),
            models.CheckConstraint(
                name="a_call_back_is_confirmed_with_a_slot_only",
                condition=Q(slot__isnull=False)
                | ~Q(kind=BACK, state__in=[State.CONFIRMED, State.NO_SHOW]),
            ),
            models.CheckConstraint(
                name="exactly_a_request_to_join_has_a_program",
                condition=Q(kind=JOIN, program__isnull=False)
                | Q(~Q(kind=JOIN), program__isnull=True),
            ),
            models.CheckConstraint(
                name="whoever_asks_for_a_call_has_agreed",
                condition=~Q(kind__in=[CALL, BACK])
                | Q(consent_version__isnull=False, consented_at__isnull=False),
            ),
            models.CheckConstraint(
                # Of an erased request there is nobody left to reach.
                name="whoever_asks_can_be_reached",
                condition=~Q(email="") | ~Q(phone="") | Q(name=""),
            ),
            models.CheckConstraint(
                name="booking_kind_is_known",
                condition=Q(kind__in=[CALL, BACK, JOIN, HELLO]),
            ),
            models.CheckConstraint(
                name="booking_suspicion_is_known",
                condition=Q(suspicion__in=SUSPICIONS),
            ),
            models.CheckConstraint(
                name="booking_state_is_known", condition=Q(state__in=State.values)
            ),
        ]
        indexes = [
            # With what the queue filters by, so that it skips rows without reading them.
            models.Index(
                name="booking_by_age", fields=["-created_at", "-id", "state", "kind"]
            ),
            models.Index(
                name="booking_by_wish_for_earlier",
                fields=["wants_earlier_since"],
                condition=Q(wants_earlier_since__isnull=False),
            ),
            models.Index(name="booking_by_state", fields=["state", "-created_at"]),
            models.Index(
                name="booking_by_client_ip_key",
                fields=["client_ip_key"],
                condition=~Q(client_ip_key=""),
            ),
            models.Index(
                name="booking_by_phone", fields=["phone"], condition=~Q(phone="")
            ),
            models.Index(
                name="booking_by_email_key",
                fields=["email_key"],
                condition=~Q(email_key=""),
            ),
        ]

    def __str__(self):
        # In the admin's log for good: nothing of the visitor's.
        return f"Request {self.reference}"

    @property
    def is_call(self):
        """Whether there is a time to talk: from the start, or since staff found one for a call-back."""
        return self.kind == self.Kind.DISCOVERY_CALL or self.slot_id is not None

    @property
    def is_call_back(self):
        """Whether its visitor waits to be called back, and no time is set."""
        return self.kind == self.Kind.CALL_BACK and not self.is_call

    @property
    def is_about_a_call(self):
        return self.is_call or self.is_call_back

    @property
    def suspicions(self):
        """Each reason why this may not come from a person, in words."""
        return [self.Suspicion(reason).label for reason in self.suspicion.split()]

    @property
    def lost_its_time(self):
        """Whether it waits to be called back because the time that it asked for was held for a while only."""
        return self.is_call_back and self.hold_ends_at is not None

    @property
    def is_open(self):
        return self.state in ACTIVE_STATES

    @property
    def has_started(self):
        return self.slot is not None and self.slot.starts_at <= timezone.now()

    @property
    def can_be_cancelled(self):
        """Whether its visitor can still cancel it."""
        return self.can_become(State.CANCELLED_BY_VISITOR) and not self.has_started

    @property
    def can_be_moved(self):
        """Whether its visitor can still choose another time."""
        return self.is_call and self.is_open and not self.has_started

    def can_become(self, state: str) -> bool:
        kind = "call" if self.is_call else "back" if self.is_call_back else "enquiry"
        return state in TRANSITIONS[kind].get(State(self.state), ())
