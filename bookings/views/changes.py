"""What happened to a request since its visitor opened the page, in words for them."""

from bookings import clock
from bookings.models import BookingEvent
from bookings.states import State
from kneecare.core.identifiers import parse_id

Action = BookingEvent.Action
BY_STAFF = {
    State.CONFIRMED: "We confirmed it.",
    State.COMPLETED: "We noted that it is done.",
    State.NO_SHOW: "We noted that the call did not take place.",
    State.DECLINED: "We could not take it.",
    State.CANCELLED_BY_CLINIC: "We cancelled it.",
}
BY_OTHERS = {
    State.CANCELLED_BY_VISITOR: "You cancelled it.",
    State.EXPIRED: "It ran out.",
}


def changes_since(booking, version):
    """A sentence for each change after ``version``, as a page carried it; none where that is no version."""
    seen = parse_id(version)
    if seen is None:
        return []
    events = booking.events.filter(version__gt=seen).order_by("version")
    return [words for event in events if (words := _words(event, booking.zone))]


def last_move(booking):
    """What gave a call to come the time that it has, where it had another one before and nothing but a correction came since."""
    if booking.version == 1 or not booking.can_be_moved:
        return None
    event = booking.events.exclude(action=Action.CORRECTED).last()
    is_move = event and event.action == Action.CHANGE and event.is_move
    return event if is_move and event.time_before else None


def _words(event, zone):
    if event.action == Action.UNDONE:
        return "We took our last step back."
    if event.action == Action.CORRECTED:
        return "We corrected how we reach you."
    if event.action == Action.REPLIED:
        return "We answered it."
    if event.is_move:
        who = "We" if event.is_by_staff else "You"
        return f"{who} moved it to {clock.moment_words(event.time_after, zone)}."
    if event.time_before:
        return "We could not hold its time any longer."
    return (BY_STAFF if event.is_by_staff else BY_OTHERS).get(event.to_state, "")
