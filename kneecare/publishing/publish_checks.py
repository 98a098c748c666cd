"""What an editor must mend, or may look at, before patients read a page.

An app's ``publish_checks`` module says what is looked at in its kinds of pages.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from kneecare.publishing.exceptions import Refused

ERROR = "error"
ADVICE = "advice"
FILE_NAME = re.compile(
    r"\S+\.(?:jpe?g|png|webp|gif|heic|avif)|(?:img|dsc|image|photo)[\W_]*\d*", re.I
)
EMPTY_START = re.compile(
    r"(?:an? )?(?:picture|photo|image|photograph) (?:of|showing)\b", re.I
)


@dataclass(frozen=True)
class Finding:
    """One thing to mend (``ERROR`` stops publishing) or to look at (``ADVICE``).

    ``row`` is the page, or the row of it, that it is about, and ``field`` the field of it, or the name of the list
    that lacks an entry. ``url`` leads elsewhere, when it is mended on another page.
    """

    level: str
    text: str
    row: Any = None
    field: str = ""
    url: str = ""

    @property
    def is_error(self) -> bool:
        return self.level == ERROR


def error(text: str, row: Any = None, field: str = "", *, url: str = "") -> Finding:
    return Finding(ERROR, text, row, field, url)


def advice(text: str, row: Any = None, field: str = "", *, url: str = "") -> Finding:
    return Finding(ADVICE, text, row, field, url)


class NotReady(Refused):
    """The draft has errors, as ``findings``; nothing was published. The text says so, to staff."""

    def __init__(self, errors: list[Finding]) -> None:
        things = "1 thing" if len(errors) == 1 else f"{len(errors)} things"
        super().__init__(f"Not published: {things} to mend first. See the check list.")
        self.findings = errors


Check = TypeVar("Check", bound=Callable[[Any, Iterable[Any]], Iterable[Finding]])
CHECKS: dict[type[Any], Callable[[Any, Iterable[Any]], Iterable[Finding]]] = {}


def checks_of(model: type[Any]) -> Callable[[Check], Check]:
    """Register a function from a page, and the drafts that are published with it, to its findings in their order."""

    def register(function: Check) -> Check:
        CHECKS[model] = function
        return function

    return register


def findings(page: Any, *, publish_with: Iterable[Any] = ()) -> list[Finding]:
    """Everything that the checks find in the draft, errors first, else in the order of the checks.

    ``publish_with`` are drafts that the same transaction publishes, so that links to them do resolve.
    """
    found = CHECKS[type(page)](page, publish_with)
    return sorted(found, key=lambda finding: not finding.is_error)


def insist(page: Any, *, publish_with: Iterable[Any] = ()) -> None:
    """Raise ``NotReady`` unless the draft may be published."""
    found = findings(page, publish_with=publish_with)
    if errors := [finding for finding in found if finding.is_error]:
        raise NotReady(errors)


def check_description(row: Any, *, missing: str = ERROR) -> Iterable[Finding]:
    """Whether a picture says what it shows, for people who cannot see it; ``missing`` is how bad it is if not."""
    alt = " ".join(row.alt.split())
    if not alt:
        yield Finding(missing, "A picture has no description.", row, "alt")
    elif FILE_NAME.fullmatch(alt):
        text = f"“{alt}” is a file's name. Say what the picture shows."
        yield Finding(missing, text, row, "alt")
    elif EMPTY_START.match(alt):
        text = f"“{alt}”: start with what it shows. Screen readers say “image” anyway."
        yield advice(text, row, "alt")
