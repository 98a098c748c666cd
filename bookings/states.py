"""The life of a request: which state may follow which."""

from django.db.models import TextChoices


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
HOLDING = (State.REQUESTED, State.CONFIRMED)

# In these, the call does not take place: retention counts from the decision and not from the call.
RELEASED = (
    State.DECLINED,
    State.EXPIRED,
    State.CANCELLED_BY_VISITOR,
    State.CANCELLED_BY_CLINIC,
)

AFTER_CALL = {
    State.REQUESTED: {
        State.CONFIRMED,
        State.DECLINED,
        State.EXPIRED,
        State.CANCELLED_BY_VISITOR,
        State.CANCELLED_BY_CLINIC,
    },
    State.CONFIRMED: {
        State.COMPLETED,
        State.NO_SHOW,
        State.CANCELLED_BY_VISITOR,
        State.CANCELLED_BY_CLINIC,
    },
}

# An enquiry is answered or closed: there is no time to confirm.
AFTER_ENQUIRY = {
    State.REQUESTED: {
        State.COMPLETED,
        State.DECLINED,
        State.CANCELLED_BY_VISITOR,
    },
}

# A request to be called back has no time yet. With one, which staff find, it is a call like any other.
AFTER_CALL_BACK = {
    State.REQUESTED: {
        State.COMPLETED,
        State.DECLINED,
        State.CANCELLED_BY_VISITOR,
        State.CANCELLED_BY_CLINIC,
    },
}
