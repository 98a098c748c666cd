"""Why something that staff asked for was not done."""


class Refused(Exception):
    """It was not done, and nothing has changed. The text says why, to staff."""


class PublishedMeanwhile(Refused):
    """Somebody else changed what patients read of the same page at the same moment."""

    def __init__(self) -> None:
        super().__init__("Somebody else published this page just now.")


class Immutable(Exception):
    """A version was about to be changed or deleted."""
