"""What a visitor asks for: a call, to be called back, or something else."""

from datetime import timedelta
from functools import partial

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from bookings.exceptions import SlotTaken, SubmissionReused
from bookings.models import Booking, CallWish, OutboxMail
from bookings.models.seat import NUMBERS
from bookings.services import limits
from bookings.services.change import record
from bookings.services.locks import lock_if_offered
from bookings.services.taken import told_when_taken
from bookings.states import State

Kind = Booking.Kind
Mail = OutboxMail.Kind

MANY = 10  # requests from one network address in a day: more are flagged


def book(slot, *, submission_key, sender_key="", suspicion="", **content):
    """Ask for a Discovery Call at ``slot``; the same form sent again gives the same booking.

    ``content``: name, email, consent_version and, where given, phone, message, source, visitor_zone.
    ``sender_key`` and ``suspicion`` are of the form's way to us and not of its content. Raises ``SlotTaken``,
    ``TooMany`` and ``SubmissionReused``. Whether the slot is free is left to the database: its constraint
    decides who was first.
    """
    origin = {"sender_key": sender_key, "suspicion": suspicion}
    insert = partial(_insert_call, slot, **origin, **content)
    with told_when_taken():
        return _once(insert, submission_key, {**content, "slot": slot.pk})


def ask_call_back(wishes, *, submission_key, sender_key="", suspicion="", **content):
    """Ask to be called back; ``wishes``: up to three ``(day or None, CallWish.Part)``. Otherwise as ``book``."""
    origin = {"sender_key": sender_key, "suspicion": suspicion}
    insert = partial(_insert_call_back, wishes, **origin, **content)
    said = [f"{day} {part}" for day, part in wishes]
    return _once(insert, submission_key, {**content, "wishes": said})


def enquire(
    kind, *, submission_key, program=None, sender_key="", suspicion="", **content
):
    """Store a "Join now" or a "Say hi"; the same form sent again gives the same request. Raises ``SubmissionReused``."""
    origin = {"sender_key": sender_key, "suspicion": suspicion}
    insert = partial(_insert, kind=kind, program=program, **origin, **content)
    about = {"kind": kind, "program": program and program.pk}
    return _once(insert, submission_key, {**content, **about})


def _insert_call(slot, **fields):
    rules = lock_if_offered(slot)
    # What may come from a program is not confirmed before a person has looked at it.
    at_once = rules.confirm_at_once and not _suspicion(**fields)
    booking = _insert(
        kind=Kind.DISCOVERY_CALL,
        slot=slot,
        consented_at=timezone.now(),
        state=State.CONFIRMED if at_once else State.REQUESTED,
        **fields,
    )
    limits.take_call(booking)
    return booking


def _insert_call_back(wishes, **fields):
    booking = _insert(kind=Kind.CALL_BACK, consented_at=timezone.now(), **fields)
    CallWish.objects.bulk_create(
        CallWish(booking=booking, number=number, day=day, part=part)
        for number, (day, part) in zip(NUMBERS, wishes, strict=False)
    )
    limits.take_call_back(booking)
    return booking


def _insert(**fields):
    fields["suspicion"] = _suspicion(**fields)
    booking = Booking.objects.create(**fields)
    is_confirmed = booking.state == State.CONFIRMED
    mails = [Mail.CONFIRMED if is_confirmed else Mail.RECEIVED]
    if booking.suspicion != Booking.Suspicion.MANY:
        # Of a flood, staff see every request in the queue, but get no mail about each.
        mails.append(Mail.NEW_REQUEST)
    record(booking, mails=mails)
    return booking


def _suspicion(*, sender_key, suspicion, **fields):
    """Why the request may not come from a person: as its form says, or as one of many from one address."""
    if suspicion or not sender_key:
        return suspicion
    since = timezone.now() - timedelta(days=1)
    same = Booking.objects.filter(sender_key=sender_key, created_at__gt=since)
    return Booking.Suspicion.MANY if same.count() >= MANY else ""


def _once(insert, submission_key, content):
    """The booking that ``insert`` makes of a form, or the one that the form made before."""
    submission = {
        "submission_key": submission_key,
        "fingerprint": _fingerprint(content),
    }
    earlier = _earlier(**submission)
    if earlier:
        return earlier
    try:
        with transaction.atomic():
            return insert(**submission)
    except (IntegrityError, SlotTaken):
        # The same form may have come twice at once: then both get the one booking.
        earlier = _earlier(**submission)
        if earlier:
            return earlier
        raise


def _earlier(submission_key, fingerprint):
    booking = Booking.objects.filter(submission_key=submission_key).first()
    if booking and not constant_time_compare(booking.fingerprint, fingerprint):
        raise SubmissionReused
    return booking


def _fingerprint(content):
    """Tells whether a form came again unchanged; keyed, so that nobody can guess words from it."""
    text = "\x00".join(f"{name}={content[name]}" for name in sorted(content))
    return salted_hmac("bookings.fingerprint", text, algorithm="sha256").hexdigest()
