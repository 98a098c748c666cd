"""What a visitor asks for: a Discovery Call, to be called back, or something else."""

from dataclasses import dataclass, fields
from datetime import date, timedelta

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from bookings.exceptions import SlotTaken, SubmissionReused
from bookings.models import Booking, CallWish, OutboxMail, Slot
from bookings.models.call_wish import WISH_NUMBERS
from bookings.services import limits
from bookings.services.change import record
from bookings.services.locks import lock_if_offered, slot_taken_when_refused
from bookings.services.retry import tried_again
from bookings.states import State
from kneecare.clinic.models import Program

Mail = OutboxMail.Kind

MANY = 10  # requests from one client IP in a day: more are flagged
# Of how a form came to us, not of what it says: the same form sent again may differ in these.
HOW_IT_CAME = {"idempotency_key", "client_ip_key", "suspicion"}


@dataclass(frozen=True, kw_only=True)
class CallRequest:
    """What one form of a visitor's says. A Discovery Call has a slot, a call-back may have wishes, who joins has a program."""

    kind: str  # of Booking.Kind
    idempotency_key: str
    name: str
    email: str
    phone: str = ""
    message: str = ""
    referrer: str = ""  # the path of the page of ours that led to the form
    visitor_zone: str = ""
    consent_version: int | None = None  # None for what needs no consent
    slot: Slot | None = None
    program: Program | None = None
    wishes: tuple[tuple[date | None, str], ...] = ()  # day or any, CallWish.Part
    client_ip_key: str = ""
    suspicion: str = ""  # of Booking.Suspicion

    @property
    def fingerprint(self) -> str:
        """Tells whether a form came again unchanged; keyed, so that nobody can guess words from it."""
        said = [
            f"{field.name}={_plain(getattr(self, field.name))}"
            for field in fields(self)
            if field.name not in HOW_IT_CAME
        ]
        text = "\x00".join(said)
        return salted_hmac("bookings.fingerprint", text, algorithm="sha256").hexdigest()


@tried_again
def submit(request: CallRequest) -> Booking:
    """Store ``request``; the same form sent again gives the same booking.

    Raises ``SlotTaken``, ``TooMany``, ``SubmissionReused`` and ``Busy``. Whether the slot is free is left to the database:
    its constraint decides who was first.
    """
    with slot_taken_when_refused():
        return _store_once(request)


def _store_once(request: CallRequest) -> Booking:
    earlier = _earlier(request)
    if earlier:
        return earlier
    try:
        with transaction.atomic():
            return _store(request)
    except (IntegrityError, SlotTaken):
        # The same form may have come twice at once: then both get the one booking.
        earlier = _earlier(request)
        if earlier:
            return earlier
        raise


def _earlier(request: CallRequest) -> Booking | None:
    """The booking that the same form made before."""
    key = request.idempotency_key
    booking = Booking.objects.filter(idempotency_key=key).first()
    if booking and not constant_time_compare(booking.fingerprint, request.fingerprint):
        raise SubmissionReused
    return booking


def _store(request: CallRequest) -> Booking:
    suspicion = request.suspicion or _suspicion_of_client(request.client_ip_key)
    state = State.REQUESTED
    if request.slot:
        rules = lock_if_offered(request.slot)
        # What may come from a program is not confirmed before a person has looked at it.
        if rules.confirm_at_once and not suspicion:
            state = State.CONFIRMED
    booking = _insert(request, state, suspicion)
    record(booking, mails=_mails_about(booking))
    CallWish.objects.bulk_create(
        CallWish(booking=booking, number=number, day=day, part=part)
        for number, (day, part) in zip(WISH_NUMBERS, request.wishes, strict=False)
    )
    limits.hold(booking)
    return booking


def _insert(request: CallRequest, state: State, suspicion: str) -> Booking:
    has_agreed = request.consent_version is not None
    return Booking.objects.create(
        kind=request.kind,
        state=state,
        slot=request.slot,
        program=request.program,
        name=request.name,
        email=request.email,
        phone=request.phone,
        message=request.message,
        referrer=request.referrer,
        visitor_zone=request.visitor_zone,
        consent_version=request.consent_version,
        consented_at=timezone.now() if has_agreed else None,
        suspicion=suspicion,
        client_ip_key=request.client_ip_key,
        idempotency_key=request.idempotency_key,
        fingerprint=request.fingerprint,
    )


def _suspicion_of_client(client_ip_key: str) -> str:
    """Whether one of many requests from one client IP."""
    since = timezone.now() - timedelta(days=1)
    same = Booking.objects.filter(client_ip_key=client_ip_key, created_at__gt=since)
    is_one_of_many = client_ip_key and same.count() >= MANY
    return Booking.Suspicion.MANY if is_one_of_many else ""


def _mails_about(booking: Booking) -> list[str]:
    to_visitor = Mail.CONFIRMED if booking.state == State.CONFIRMED else Mail.RECEIVED
    if booking.suspicion == Booking.Suspicion.MANY:
        # Of a flood, staff see every request in the queue, but get no mail about each.
        return [to_visitor]
    return [to_visitor, Mail.NEW_REQUEST]


def _plain(value: object) -> object:
    return value.pk if isinstance(value, models.Model) else value
