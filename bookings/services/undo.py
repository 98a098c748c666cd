"""Taking back what staff pressed: without a word while its mail waits, and later where that harms nobody."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from bookings.exceptions import NotPossible
from bookings.models import Booking, BookingEvent, CallSettings, OutboxMail, Slot
from bookings.services import limits, mail_limits
from bookings.services.assigned import hold_again
from bookings.services.change import change, owe
from bookings.services.locks import slot_taken_when_refused
from bookings.services.retry import tried_again
from bookings.states import ACTIVE_STATES, State

Action, Mail = BookingEvent.Action, OutboxMail.Kind

NOTHING = "There is nothing to undo: something else has happened since."
TOO_LATE = "It is too late to undo this. Move or cancel the call instead."
ERASED = "This person's data was erased: there is nobody to call."
GONE = "The time that it had is no longer there. Choose another one."
# What can be taken back later too, as long as nobody else has the time.
AT_ANY_TIME = (
    State.COMPLETED,
    State.NO_SHOW,
    State.CANCELLED_BY_CLINIC,
    State.DECLINED,
)
# Errors after which nobody can say whether the mail server took the mail.
MAY_HAVE_ARRIVED = (
    "^(TimeoutError|SMTPServerDisconnected|ConnectionResetError|RemoteDisconnected)"
)


def can_be_taken_back(event: BookingEvent | None, rules: CallSettings) -> bool:
    """Whether ``event``, the last of its request, is a press of staff that may be undone by now."""
    return event is not None and not _why_not(event, rules)


def _why_not(event: BookingEvent, rules: CallSettings) -> str:
    if not event.is_by_staff or event.action in (Action.UNDONE, Action.CORRECTED):
        return NOTHING
    is_fresh = event.at + rules.undo > timezone.now()
    return "" if is_fresh or _bears_it_later(event) else TOO_LATE


def last_press(booking: Booking) -> BookingEvent | None:
    """What happened last to ``booking``; a correction since then is in nobody's way where it can be taken back later too."""
    event = booking.events.exclude(action=Action.CORRECTED).last()
    if event and (event.version == booking.version or _bears_it_later(event)):
        return event
    return None


def _bears_it_later(event: BookingEvent) -> bool:
    return event.action == Action.CHANGE and event.to_state in AT_ANY_TIME


@tried_again
def take_back(booking: Booking, *, by: User) -> bool:
    """Bring ``booking`` to where it was before the last press of staff. Its visitor hears of it only if they had heard of the press.

    Returns whether they had. Raises ``SlotTaken`` when somebody else has the time by now, ``ChangedMeanwhile`` and ``NotPossible``.
    """
    if not booking.name:
        raise NotPossible(ERASED)
    event = last_press(booking)
    if event is None:
        raise NotPossible(NOTHING)
    if why_not := _why_not(event, CallSettings.objects.current()):
        raise NotPossible(why_not)
    with slot_taken_when_refused(), transaction.atomic():
        was_told = not _stop_mail(booking, event)
        if was_told and not _bears_it_later(event):
            raise NotPossible(TOO_LATE)
        _go_back(booking, event, by)
        revived = _revive_mail(booking, event)
        if was_told and booking.is_open and not booking.has_started:
            owed = [kind for kind in mails_about(booking) if kind not in revived]
            owe(booking, owed, waits=True)
        return was_told


def mails_about(booking: Booking) -> list[str]:
    """The mail that says how an open request stands."""
    is_confirmed = booking.state == State.CONFIRMED
    return [Mail.CONFIRMED if is_confirmed else Mail.RECEIVED]


def _go_back(booking: Booking, event: BookingEvent, by: User) -> None:
    # What staff booked themselves was nothing before.
    state = event.from_state or State.CANCELLED_BY_CLINIC
    slot = _slot_to_hold(booking, event, state)
    moved_back = slot if event.is_move else None
    change(
        booking,
        state,
        by=by,
        action=Action.UNDONE,
        slot=moved_back,
        keeps_time=not event.is_move or moved_back is not None,
    )
    if slot:
        limits.release(booking)
        limits.hold_if_room(booking)


def _slot_to_hold(booking: Booking, event: BookingEvent, state: str) -> Slot | None:
    """The time that the request has again, locked; None for one that has none or keeps the one it has."""
    if state not in ACTIVE_STATES:
        return None
    if event.is_move and event.time_before and event.slot_before is None:
        raise NotPossible(GONE)
    slot = event.slot_before if event.is_move else booking.slot
    if slot:
        hold_again(slot)
    return slot


def _stop_mail(booking: Booking, event: BookingEvent) -> bool:
    """Whether no mail since ``event`` has gone to the visitor, nor will: one that a worker has begun to send counts as sent."""
    mails = booking.mails.filter(version__gte=event.version)
    mails = mails.exclude(kind__in=[*mail_limits.TO_STAFF, Mail.OFFER])
    mails = mails.exclude(state=OutboxMail.State.ABORTED)
    count = mails.count()
    unsent = mails.filter(
        state__in=[OutboxMail.State.WAITING, OutboxMail.State.FAILED],
        leased_until=None,
    ).exclude(last_error__regex=MAY_HAVE_ARRIVED)
    return unsent.update(state=OutboxMail.State.ABORTED) == count


def _revive_mail(booking: Booking, event: BookingEvent) -> set[str]:
    """What waited when ``event`` overtook it is owed again. Returns its kinds."""
    aborted = booking.mails.filter(state=OutboxMail.State.ABORTED, last_error="")
    aborted = aborted.exclude(kind=Mail.OFFER)
    aborted.filter(version=event.version - 1).update(
        state=OutboxMail.State.WAITING, version=booking.version
    )
    return set(
        booking.mails.filter(version=booking.version).values_list("kind", flat=True)
    )
