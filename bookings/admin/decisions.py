"""What the front desk can decide about a request, each by one button."""

from collections.abc import Callable
from dataclasses import dataclass

from bookings import services
from bookings.states import State


@dataclass(frozen=True)
class Decision:
    label: str
    carry_out: Callable[..., None]
    state: State  # where it leads
    after_start: bool = False  # whether a call must have begun


DECISIONS = {
    "confirm": Decision("Confirm", services.confirm, State.CONFIRMED),
    "complete": Decision("Done", services.complete, State.COMPLETED, after_start=True),
    "no_show": Decision("No-show", services.no_show, State.NO_SHOW, after_start=True),
    "decline": Decision("Decline", services.decline, State.DECLINED),
    "cancel": Decision("Cancel", services.cancel_by_clinic, State.CANCELLED_BY_CLINIC),
}


def possible(booking):
    """The decisions that the request's state and the clock allow: ``[("confirm", "Confirm"), …]``."""
    is_ahead = booking.is_call and not booking.has_started
    return [
        (verb, decision.label)
        for verb, decision in DECISIONS.items()
        if booking.can_become(decision.state)
        and not (decision.after_start and is_ahead)
    ]
