"""What a visitor asks for, or staff for them: a Discovery Call, to be called back, or something else."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from functools import partial

from django.contrib.auth.models import User
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from bookings.exceptions import SlotTaken, SubmissionReused, TooMany
from bookings.models import Booking, BookingEvent, CallWish, OutboxMail, Slot
from bookings.models.call_wish import WISH_NUMBERS
from bookings.services import limits
from bookings.services.change import record
from bookings.services.locks import (
    lock_if_assignable,
    lock_if_offered,
    slot_taken_when_refused,
)
from bookings.services.names import searchable
from bookings.services.retry import tried_again
from bookings.services.suspicion import suspicion_of
from bookings.services.transitions import note
from bookings.states import State
from kneecare.clinic.models import Clinic, Program

Mail = OutboxMail.Kind

PARTS = [
    (12, CallWish.Part.MORNING),
    (17, CallWish.Part.AFTERNOON),
    (24, CallWish.Part.EVENING),
]
# Of how a form came to us, not of what it says: the same form sent again may differ in these.
HOW_IT_CAME = {
    "idempotency_key",
    "client_ip_key",
    "form_key",
    "suspicion",
    "asked_as",
    "booked_by",
}


@dataclass(frozen=True, kw_only=True)
class CallRequest:
    """What one form says, of a visitor's or of staff who book for one. A Discovery Call has a slot, a call-back may have wishes, who joins has a program."""

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
    wants_earlier: bool = False  # to hear of an earlier time
    agrees_to_texts: bool = False
    wishes: tuple[tuple[date | None, str], ...] = ()  # day or any, CallWish.Part
    client_ip_key: str = ""
    form_key: str = ""  # of one form in one browser, however often it was sent
    suspicion: str = ""  # of Booking.Suspicion, with spaces between
    booked_by: User | None = None  # who of the staff filled the form in
    note: str = ""  # for staff alone
    asked_as: str = ""  # the fingerprint of the form, where this is not what it said

    @property
    def fingerprint(self) -> str:
        """Tells whether a form came again unchanged; keyed, so that nobody can guess words from it."""
        if self.asked_as:
            return self.asked_as
        said = [
            f"{field.name}={_plain(getattr(self, field.name))}"
            for field in fields(self)
            if field.name not in HOW_IT_CAME
        ]
        text = "\x00".join(said)
        return salted_hmac("bookings.fingerprint", text, algorithm="sha256").hexdigest()


@partial(tried_again, after_cut=True)
def submit(request: CallRequest) -> Booking:
    """Store ``request``; the same form sent again gives the same booking.

    Who may not hold one more time is called back instead: somebody else may have asked in their name.
    Raises ``SlotTaken``, ``SubmissionReused`` and ``Busy``. Whether the slot is free is left to the database:
    its constraint decides who was first.
    """
    with slot_taken_when_refused():
        try:
            return _store_once(request)
        except TooMany:
            if request.slot is None:
                raise
            return _store_once(_as_call_back(request, request.slot))


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


def _as_call_back(request: CallRequest, slot: Slot) -> CallRequest:
    """The same request by a visitor who cannot hold the time: to be called back, at about that time of a day."""
    starts = slot.starts_at.astimezone(Clinic.objects.current_zone())
    part = next(part for hour, part in PARTS if starts.hour < hour)
    return replace(
        request,
        kind=Booking.Kind.CALL_BACK,
        slot=None,
        wishes=((starts.date(), part),),
        asked_as=request.fingerprint,
    )


def _store(request: CallRequest) -> Booking:
    if request.booked_by:
        return _store_of_staff(request, request.booked_by)
    return _store_of_visitor(request)


def _store_of_staff(request: CallRequest, by: User) -> Booking:
    """A call that staff book is confirmed, and no limit but the time itself binds them."""
    if request.slot:
        held = lock_if_assignable(request.slot)
        request = replace(request, slot=held, asked_as=request.fingerprint)
    booking = _insert(request, State.CONFIRMED, "", None)
    record(booking, by=by, action=BookingEvent.Action.BOOKED, mails=[Mail.CONFIRMED])
    if request.note:
        note(booking, request.note, by=by)
    limits.hold_if_room(booking)
    return booking


def _store_of_visitor(request: CallRequest) -> Booking:
    suspicion = suspicion_of(
        request.suspicion,
        request.client_ip_key,
        request.email,
        call=request.consent_version is not None,
    )
    state, hold_ends_at = State.REQUESTED, None
    if request.slot:
        rules = lock_if_offered(request.slot)
        # What may come from a program is not confirmed before a person has looked at it, and holds its time for a while.
        if suspicion:
            hold_ends_at = timezone.now() + rules.hold
        elif rules.confirm_at_once:
            state = State.CONFIRMED
        if state == State.REQUESTED:
            limits.leave_some(rules)
        limits.leave_network_some(request.client_ip_key, rules)
    booking = _insert(request, state, suspicion, hold_ends_at)
    record(booking, is_by_visitor=True, mails=_mails_about(booking))
    CallWish.objects.bulk_create(
        CallWish(booking=booking, number=number, day=day, part=part)
        for number, (day, part) in zip(WISH_NUMBERS, request.wishes, strict=False)
    )
    limits.hold(booking, request.form_key)
    return booking


def _insert(
    request: CallRequest, state: State, suspicion: str, hold_ends_at: datetime | None
) -> Booking:
    has_agreed = request.consent_version is not None
    return Booking.objects.create(
        kind=request.kind,
        state=state,
        slot=request.slot,
        program=request.program,
        name=request.name,
        searchable_name=searchable(request.name),
        email=request.email,
        phone=request.phone,
        message=request.message,
        referrer=request.referrer,
        visitor_zone=request.visitor_zone,
        consent_version=request.consent_version,
        consented_at=timezone.now() if has_agreed else None,
        suspicion=suspicion,
        client_ip_key=request.client_ip_key,
        email_key=limits.email_key("mailbox", request.email),
        hold_ends_at=hold_ends_at,
        wants_earlier_since=_since(request),
        texts_agreed_at=timezone.now() if request.agrees_to_texts else None,
        idempotency_key=request.idempotency_key,
        fingerprint=request.fingerprint,
    )


def _since(request: CallRequest) -> datetime | None:
    return timezone.now() if request.wants_earlier and request.slot else None


def _mails_about(booking: Booking) -> list[str]:
    is_confirmed = booking.state == State.CONFIRMED
    return [Mail.CONFIRMED if is_confirmed else Mail.RECEIVED, Mail.NEW_REQUEST]


def _plain(value: object) -> object:
    if isinstance(value, Slot) and value.pk is None:
        return f"{value.clinician_id} {value.starts_at}"
    return value.pk if isinstance(value, models.Model) else value
