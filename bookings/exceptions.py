"""Why a request or a change was not accepted. Each is an answer to a person, not a fault."""


class Refused(Exception):
    """The base of them; nothing was stored or changed."""


class SlotTaken(Refused):
    """The time can no longer be had: taken, blocked, past, too soon, or its day is full."""


class SubmissionReused(Refused):
    """A form that was stored came again with other content."""


class ChangedMeanwhile(Refused):
    """Somebody else changed the request since it was read."""


class Erased(ChangedMeanwhile):
    """The data of who asked was deleted since the request was read."""


class Busy(Refused):
    """The change met others in the database, again and again: a matter of seconds."""


class NotPossible(Refused):
    """The request's state does not allow the change."""


class TooMany(Refused):
    """The visitor holds as many call times, or waits for as many call-backs, as one visitor may."""
