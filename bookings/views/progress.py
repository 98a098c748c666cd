"""What has happened to a request and what comes next, as its receipt shows it."""

from dataclasses import dataclass

from bookings.states import State

CALL = [
    ("You asked for this time", "We hold it for you."),
    ("We confirm by e-mail", "You do not need to do a thing."),
    ("We talk", "You tell us what is going on, and we make a plan with you."),
]
CALL_BACK = [
    ("You asked us to call you back", "We have your request."),
    ("We find a time and get in touch", "You do not need to do a thing."),
    ("We talk", "You tell us what is going on, and we make a plan with you."),
]
ENQUIRY = [
    ("You wrote to us", "We have your words."),
    ("We answer by e-mail", "You do not need to do a thing."),
]
# How many steps are done in the states that lead on; what ended otherwise has no next step.
DONE = {State.REQUESTED: 1, State.CONFIRMED: 2, State.COMPLETED: 3}


@dataclass(frozen=True)
class Step:
    title: str
    text: str
    state: str


def progress_of(booking):
    """The steps of ``booking``, each done, now or next; none for a request that ended early."""
    done = DONE.get(booking.state, 0)
    steps = _steps(booking)
    return [
        Step(title, text if number >= done else "", _state(number, done))
        for number, (title, text) in enumerate(steps if done else [])
    ]


def _steps(booking):
    if booking.is_call:
        return CALL
    return CALL_BACK if booking.is_call_back else ENQUIRY


def _state(number, done):
    if number < done:
        return "done"
    return "now" if number == done else "next"
