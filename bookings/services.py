"""What can happen to a request. Each change, its audit row and the mail it owes are stored together or not at all."""

from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from bookings.exceptions import (
    ChangedMeanwhile,
    NotPossible,
    SlotTaken,
    SubmissionReused,
)
from bookings.models import Booking, BookingEvent, CallSettings, OutboxMail, Slot
from bookings.states import State
from kneecare.clinic.models import Clinic

Mail = OutboxMail.Kind

NOT_YET = "The call has not begun. To call it off, cancel it."


def book(slot, *, submission_key, consent_version, **content):
    """Ask for a Discovery Call at ``slot``; the same form sent again gives the same booking.

    ``content``: name, email and, where given, phone, message, source. Raises ``SlotTaken`` and
    ``SubmissionReused``. Whether the slot is free is left to the database: its constraint decides who was first.
    """

    insert = partial(_insert_call, slot, consent_version=consent_version, **content)
    try:
        return _once(insert, submission_key, {**content, "slot": slot.pk})
    except IntegrityError as error:
        if slot.bookings.holding().exists():
            raise SlotTaken from error
        raise


def enquire(kind, *, submission_key, program=None, **content):
    """Store a "Join now" or a "Say hi"; the same form sent again gives the same request. Raises ``SubmissionReused``."""

    insert = partial(_insert_enquiry, kind=kind, program=program, **content)
    about = {"kind": kind, "program": program and program.pk}
    return _once(insert, submission_key, {**content, **about})


def confirm(booking, *, by):
    _change(booking, State.CONFIRMED, by=by, mails=[Mail.CONFIRMED])


def decline(booking, *, by):
    """Say no to a call, with a mail. An enquiry is closed without one: it may be an advertisement."""
    mails = [Mail.DECLINED] if booking.is_call else []
    _change(booking, State.DECLINED, by=by, mails=mails)


def complete(booking, *, by):
    """Note that a call was held, or an enquiry answered. A call to come keeps its time until it has begun."""
    if booking.is_call and not booking.has_started:
        raise NotPossible(NOT_YET)
    _change(booking, State.COMPLETED, by=by)


def no_show(booking, *, by):
    if not booking.has_started:
        raise NotPossible(NOT_YET)
    _change(booking, State.NO_SHOW, by=by)


def expire(booking):
    _change(booking, State.EXPIRED)


def cancel_by_clinic(booking, *, by):
    _change(booking, State.CANCELLED_BY_CLINIC, by=by, mails=[Mail.CANCELLED])


def cancel_by_visitor(booking):
    if booking.has_started:
        raise NotPossible
    _change(booking, State.CANCELLED_BY_VISITOR, mails=[Mail.CANCELLED])


def _insert_call(slot, **fields):
    rules = _lock_if_offered(slot)
    at_once = rules.confirm_at_once
    booking = Booking.objects.create(
        kind=Booking.Kind.DISCOVERY_CALL,
        slot=slot,
        consented_at=timezone.now(),
        state=State.CONFIRMED if at_once else State.REQUESTED,
        **fields,
    )
    answer = Mail.CONFIRMED if at_once else Mail.RECEIVED
    _record(booking, mails=[answer, Mail.NEW_REQUEST])
    return booking


def _insert_enquiry(**fields):
    booking = Booking.objects.create(**fields)
    _record(booking, mails=[Mail.RECEIVED, Mail.NEW_REQUEST])
    return booking


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


def _lock_if_offered(slot):
    """The rules that ``slot`` is offered by, once it is certain that they still offer it."""
    rules = CallSettings.objects.current()
    if rules.calls_a_day is not None:
        # No constraint can count calls on a day, so that those who book wait for each other.
        rules = CallSettings.objects.select_for_update().current()
    zone = Clinic.objects.current().zone
    offered = Slot.objects.select_for_update().offered(rules, zone)
    if offered.filter(pk=slot.pk).first() is None:
        raise SlotTaken
    return rules


def _change(booking, state, *, by=None, mails=()):
    """Move ``booking``, as the caller read it, to ``state``; the loser of a race gets ``ChangedMeanwhile``."""
    if not booking.can_become(state):
        raise NotPossible
    with transaction.atomic():
        as_read = Booking.objects.filter(
            pk=booking.pk, state=booking.state, version=booking.version
        )
        if not as_read.update(
            state=state, version=F("version") + 1, decided_at=timezone.now()
        ):
            raise ChangedMeanwhile
        before = booking.state
        booking.refresh_from_db(fields=["state", "version", "decided_at"])
        _record(booking, before, by=by, mails=mails)


def _record(booking, before="", *, by=None, mails=()):
    BookingEvent.objects.create(
        booking=booking,
        from_state=before,
        to_state=booking.state,
        version=booking.version,
        by=by,
    )
    OutboxMail.objects.bulk_create(
        OutboxMail(booking=booking, kind=kind, version=booking.version)
        for kind in mails
    )
