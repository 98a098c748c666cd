"""Why something that staff asked for was not done."""

from typing import Any

from kneecare.core.clock import moment_words
from kneecare.core.people import name_of


class Refused(Exception):
    """It was not done, and nothing has changed. The text says why, to staff."""


class PublishedMeanwhile(Refused):
    """Somebody else changed what patients read of the same page at the same moment."""

    def __init__(self) -> None:
        super().__init__("Somebody else published this page just now.")


class EditedMeanwhile(Refused):
    """Somebody saved the draft after whoever asked had opened it. ``so`` says what was not done, and what to do."""

    def __init__(self, page: Any, so: str) -> None:
        kind, when = page._meta.verbose_name, moment_words(page.saved_at)
        who = name_of(page.saved_by) or "Somebody"
        super().__init__(
            f"{who} saved this {kind} on {when}, after you had opened it. {so}"
        )


class Immutable(Exception):
    """A version was about to be changed or deleted."""
