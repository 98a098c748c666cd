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


DECISIONS = {
    "confirm": Decision("Confirm", services.confirm, State.CONFIRMED),
    "complete": Decision("Done", services.complete, State.COMPLETED),
    "no_show": Decision("No-show", services.no_show, State.NO_SHOW),
    "decline": Decision("Decline", services.decline, State.DECLINED),
    "cancel": Decision("Cancel", services.cancel_by_clinic, State.CANCELLED_BY_CLINIC),
}


def possible(booking):
    """The decisions that the request's state allows: ``[("confirm", "Confirm"), …]``."""
    return [
        (verb, decision.label)
        for verb, decision in DECISIONS.items()
        if booking.can_become(decision.state)
    ]
