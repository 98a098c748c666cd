"""What one printed handout says, of whoever it is for. It knows no model and no request."""

from dataclasses import asdict, dataclass, field
from datetime import date
from urllib.parse import urlencode

from exercises.snapshots import RoutineSnapshot
from kneecare.core.structured_data import absolute


@dataclass(frozen=True)
class Review:
    """Who stands behind the words. A review is pending while ``reviewed_on`` is ``None``."""

    author: str
    reviewer: str = ""
    reviewed_on: date | None = None
    review_by: date | None = None

    @classmethod
    def of(cls, page):
        """Of anything with an author, a reviewer, ``reviewed_on`` and ``review_by``."""
        return cls(
            author=str(page.author),
            reviewer=str(page.reviewer or ""),
            reviewed_on=page.reviewed_on,
            review_by=page.review_by,
        )


@dataclass(frozen=True)
class Level:
    """One level of the list of when to get help, most urgent first."""

    heading: str
    advice: str
    groups: list[dict]  # heading and signs


@dataclass(frozen=True)
class Letterhead:
    """The clinic, and the one list of when to get help that every page shows."""

    name: str
    phone: str = ""
    help_levels: list[Level] = field(default_factory=list)
    help_reviewer: str = ""
    help_reviewed_on: date | None = None

    @classmethod
    def of(cls, clinic):
        """Of ``Clinic.objects.current()``."""
        return cls(
            name=str(clinic),
            phone=clinic.phone.as_national if clinic.phone else "",
            help_levels=[
                Level(
                    level.heading,
                    level.advice,
                    [asdict(group) for group in level.groups()],
                )
                for level in clinic.help_levels
            ],
            help_reviewer=str(clinic.help_reviewer or ""),
            help_reviewed_on=clinic.help_reviewed_on,
        )


@dataclass(frozen=True)
class Sheet:
    """A routine on paper.

    ``routine`` is one of ``exercises.rendering.content.shown_routines``. ``url`` is what the QR code opens, made with
    ``printed_url``, so that the page can tell an old sheet. ``made_on`` is the day of the version. A private sheet is for
    one person and is kept in no cache; a draft is marked as one.
    """

    routine: RoutineSnapshot
    url: str
    version: int
    made_on: date
    review: Review
    letterhead: Letterhead
    note: str = ""
    is_private: bool = False
    is_draft: bool = False

    @classmethod
    def of(cls, routine, publication, clinic, *, page, version, **facts):
        """``routine`` as ``publication`` has it, on the letterhead of ``clinic``; ``page`` is where its QR code leads."""
        return cls(
            routine=routine,
            url=printed_url(page, version),
            version=version,
            review=Review.of(publication),
            letterhead=Letterhead.of(clinic),
            **facts,
        )


def printed_url(page, version):
    """What stands on paper: the absolute URL of ``page``, saying which version of it was printed."""
    url = absolute(page.get_absolute_url())
    return f"{url}?{urlencode({'sheet': version})}"
