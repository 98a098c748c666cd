"""Whatever is stored about a visitor is in the export of their data and gone once it is erased, or is named here with the reason."""

import json
from datetime import UTC, date, datetime

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from phonenumber_field.modelfields import PhoneNumberField

from bookings.models import Booking
from bookings.privacy.personal_data import export
from bookings.privacy.retention import erase
from tests.factories import make_booking, make_program

pytestmark = pytest.mark.django_db

OURS = "made by us, and says nothing of the visitor"
STAYS = (
    "one request more in the clinic's figures: of nobody, once name and e-mail are gone"
)
TO_ITS_REQUEST = "leads to the request, which is exported"
NOT_EXPORTED = {
    "Booking.id": OURS,
    "Booking.slot": "exported by its times",
    "Booking.program": "exported by its title",
    "Booking.public_id": "opens the visitor's page: an export may be passed on",
    "Booking.version": OURS,
    "Booking.idempotency_key": OURS,
    "Booking.fingerprint": "a keyed hash of what they wrote, which is exported",
    "Booking.client_ip_key": "a keyed hash, kept for a day: nobody can read it",
    "Booking.email_key": "a keyed hash of the e-mail, which is exported",
    "Booking.searchable_name": "made of the name, which is exported",
    "Booking.decided_at": "exported as what happened",
    "BookingEvent.id": OURS,
    "BookingEvent.booking": TO_ITS_REQUEST,
    "BookingEvent.from_state": "the state that the event before it led to",
    "BookingEvent.version": OURS,
    "BookingEvent.slot_before": "exported by its time",
    "BookingEvent.by": "a member of staff: exported as staff",
    "BookingEvent.by_name": "a member of staff: exported as staff",
    "BookingNote.id": OURS,
    "BookingNote.booking": TO_ITS_REQUEST,
    "BookingNote.by": "a member of staff",
    "BookingNote.by_name": "a member of staff",
    "CallWish.id": OURS,
    "CallWish.booking": TO_ITS_REQUEST,
    "CallWish.number": OURS,
    "HoldLimit.id": OURS,
    "HoldLimit.booking": TO_ITS_REQUEST,
    "HoldLimit.key": "a keyed hash of the e-mail or the phone, which are exported",
    "HoldLimit.number": OURS,
    "HoldLimit.expires_at": "follows from the time of the call, which is exported",
    "WaitingOffer.id": OURS,
    "WaitingOffer.booking": TO_ITS_REQUEST,
    "OutboxMail.id": OURS,
    "OutboxMail.booking": TO_ITS_REQUEST,
    "OutboxMail.version": OURS,
    "OutboxMail.attempts": OURS,
    "OutboxMail.next_attempt_at": OURS,
    "OutboxMail.leased_until": OURS,
    "OutboxMail.give_up_at": OURS,
    "OutboxMail.last_error": "the kind of error and its number, never an e-mail",
    "OutboxMail.message_id": OURS,
    "OutboxMail.recipient_key": "a keyed hash of e-mail or phone, which are exported",
    "OutboxMail.returned_email_key": "a keyed hash of the e-mail, which is exported",
}
KEPT = {
    "Booking.id": OURS,
    "Booking.public_id": OURS,
    "Booking.reference": OURS,
    "Booking.kind": STAYS,
    "Booking.slot": STAYS,
    "Booking.program": STAYS,
    "Booking.consent_version": STAYS,
    "Booking.consented_at": STAYS,
    "Booking.suspicion": STAYS,
    "Booking.hold_ends_at": STAYS,
    "Booking.state": STAYS,
    "Booking.version": OURS,
    "Booking.idempotency_key": OURS,
    "Booking.created_at": STAYS,
    "Booking.decided_at": STAYS,
    "BookingEvent.id": OURS,
    "BookingEvent.booking": STAYS,
    "BookingEvent.action": STAYS,
    "BookingEvent.corrected": STAYS,
    "BookingEvent.slot_before": STAYS,
    "BookingEvent.from_state": STAYS,
    "BookingEvent.to_state": STAYS,
    "BookingEvent.version": OURS,
    "BookingEvent.time_before": STAYS,
    "BookingEvent.time_after": STAYS,
    "BookingEvent.by": "a member of staff",
    "BookingEvent.by_name": "a member of staff",
    "BookingEvent.at": STAYS,
    "WaitingOffer.id": OURS,
    "WaitingOffer.booking": STAYS,
    "WaitingOffer.starts_at": STAYS,
    "WaitingOffer.state": STAYS,
    "WaitingOffer.created_at": STAYS,
    "WaitingOffer.expires_at": STAYS,
    "OutboxMail.id": OURS,
    "OutboxMail.booking": STAYS,
    "OutboxMail.kind": STAYS,
    "OutboxMail.version": OURS,
    "OutboxMail.state": STAYS,
    "OutboxMail.attempts": OURS,
    "OutboxMail.next_attempt_at": OURS,
    "OutboxMail.leased_until": OURS,
    "OutboxMail.give_up_at": OURS,
    "OutboxMail.last_error": "the kind of error and its number, never an e-mail",
    "OutboxMail.message_id": OURS,
    "OutboxMail.created_at": STAYS,
    "OutboxMail.bounced_at": STAYS,
    "OutboxMail.complained_at": STAYS,
}
MODELS = [Booking, *(rows.related_model for rows in Booking._meta.related_objects)]
FIELDS = [
    f"{model.__name__}.{field.name}" for model in MODELS for field in model._meta.fields
]


def telling(field):
    """A value for ``field`` that is found again wherever it is shown."""
    number = 1000 + FIELDS.index(f"{field.model.__name__}.{field.name}")
    choices = choices_of(field)
    if choices:
        return next(value for value, _ in reversed(choices))
    match field:
        case PhoneNumberField():
            return "+16025550123"
        case models.EmailField():
            return f"told-{number}@example.com"
        case models.DateTimeField():
            return datetime(number, 5, 6, tzinfo=UTC)
        case models.DateField():
            return date(number, 5, 6)
        case models.BooleanField():
            return True
        case models.IntegerField():
            return 1 if field.name == "number" else number  # of a wish, or a hold
    return f"told-{number}"


def choices_of(field):
    """Reasons of suspicion are several, and so no choice of the model's."""
    return Booking.Suspicion.choices if field.name == "suspicion" else field.flatchoices


def told(model):
    return {
        field.name: telling(field)
        for field in model._meta.fields
        if not (field.primary_key or field.is_relation)
    }


@pytest.fixture
def rows():
    """A request with a telling value in each of its fields, and one of every kind of row that belongs to a request."""
    join = {"kind": "join_program", "program": make_program()}
    booking = make_booking(**(told(Booking) | join))
    return [
        booking,
        *(model.objects.create(booking=booking, **told(model)) for model in MODELS[1:]),
    ]


def stored(rows):
    """``(name, field, value)`` of every field of ``rows`` that holds something."""
    return [
        (f"{type(row).__name__}.{field.name}", field, getattr(row, field.name))
        for row in rows
        for field in row._meta.fields
        if getattr(row, field.name) not in ("", None)
    ]


def as_exported(field, value):
    shown = dict(choices_of(field) or []).get(value, value)
    shown = shown if isinstance(shown, date) else str(shown)
    return json.dumps(shown, cls=DjangoJSONEncoder).strip('"')


def test_the_reasons_are_for_fields_that_there_are():
    assert NOT_EXPORTED.keys() | KEPT.keys() <= set(FIELDS)


def test_each_field_is_exported_or_named_with_the_reason_why_not(rows):
    text = json.dumps(export(Booking.objects.all()), cls=DjangoJSONEncoder)

    missing = {
        name
        for name, field, value in stored(rows)
        if field.is_relation or as_exported(field, value) not in text
    }
    assert missing - NOT_EXPORTED.keys() == set()


def test_each_field_is_erased_or_named_with_the_reason_why_not(rows):
    erase(Booking.objects.all())

    kept = [row for model in MODELS for row in model.objects.all()]
    assert {name for name, _, _ in stored(kept)} - KEPT.keys() == set()
