"""The life of a request: which state may follow which, and why it may not come from a person."""

from itertools import combinations

from django.db.models import TextChoices


class Suspicion(TextChoices):
    """Why a request may not come from a person. Reasons add up."""

    HIDDEN_FIELD = "hidden_field", "Filled in a field that people do not see"
    TOO_FAST = "too_fast", "Sent within seconds"
    MANY = "many", "One of many from the same connection or e-mail"
    BULK = "bulk", "One of very many within an hour"


REASONS = Suspicion.values
SUSPICIONS = [
    " ".join(some) for n in range(len(REASONS) + 1) for some in combinations(REASONS, n)
]


class State(TextChoices):
    REQUESTED = "requested", "Requested"
    CONFIRMED = "confirmed", "Confirmed"
    COMPLETED = "completed", "Completed"
    NO_SHOW = "no_show", "No-show"
    DECLINED = "declined", "Declined"
    EXPIRED = "expired", "Expired without an answer"
    CANCELLED_BY_VISITOR = "cancelled_by_visitor", "Cancelled by the visitor"
    CANCELLED_BY_CLINIC = "cancelled_by_clinic", "Cancelled by the clinic"


# Nobody else can book the time of a request in one of these.
ACTIVE_STATES = (State.REQUESTED, State.CONFIRMED)

# The call took place, or may yet. In the others it does not: retention counts from the decision.
STANDING_STATES = (*ACTIVE_STATES, State.COMPLETED, State.NO_SHOW)

CANCELLED_STATES = (State.CANCELLED_BY_VISITOR, State.CANCELLED_BY_CLINIC)

# Which states may follow which.
TRANSITIONS = {
    "call": {
        State.REQUESTED: {
            State.CONFIRMED,
            State.DECLINED,
            State.EXPIRED,
            *CANCELLED_STATES,
        },
        State.CONFIRMED: {State.COMPLETED, State.NO_SHOW, *CANCELLED_STATES},
    },
    # A request to be called back has no time yet. With one, which staff find, it is a call like any other.
    "back": {State.REQUESTED: {State.COMPLETED, State.DECLINED, *CANCELLED_STATES}},
    # An enquiry is answered or closed: there is no time to confirm.
    "enquiry": {
        State.REQUESTED: {State.COMPLETED, State.DECLINED, State.CANCELLED_BY_VISITOR},
    },
}
