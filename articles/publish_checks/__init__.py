"""The publish gate: what an editor must mend, or may look at, before patients read an article.

Each check is a function of the ``WorkingCopy`` that yields a ``Finding`` for whatever it finds; ``CHECKS`` is
the order in which an editor reads them.
"""

from articles.draft_text import WorkingCopy
from articles.publish_checks.content import (
    check_author,
    check_next_review,
    check_review,
)
from articles.publish_checks.finding import ADVICE, ERROR, Finding
from articles.publish_checks.headings import check_headings
from articles.publish_checks.lengths import check_lengths
from articles.publish_checks.links import check_links
from articles.publish_checks.pictures import check_pictures
from articles.publish_checks.reading import check_reading
from articles.publish_checks.references import check_references
from articles.publish_checks.urgency import check_urgency_list
from kneecare.publishing.exceptions import Refused

__all__ = ["ADVICE", "ERROR", "Finding", "NotReady", "findings", "insist"]

CHECKS = [
    check_lengths,
    check_author,
    check_review,
    check_next_review,
    check_references,
    check_urgency_list,
    check_pictures,
    check_headings,
    check_links,
    check_reading,
]


class NotReady(Refused):
    """The working copy has errors, as ``findings``; nothing was published. The text says so, to staff."""

    def __init__(self, errors):
        things = "1 thing" if len(errors) == 1 else f"{len(errors)} things"
        super().__init__(f"Not published: {things} to mend first. See the check list.")
        self.findings = errors


def findings(article, *, together=()):
    """Everything that the checks find in the working copy, errors first, else in the order of the checks.

    ``together`` are drafts that are published in the same transaction, so that links to them do resolve.
    """
    copy = WorkingCopy(article, together)
    found = [finding for check in CHECKS for finding in check(copy)]
    return sorted(found, key=lambda finding: not finding.is_error)


def insist(article, *, together=()):
    """Raise ``NotReady`` unless the working copy may be published."""
    errors = [each for each in findings(article, together=together) if each.is_error]
    if errors:
        raise NotReady(errors)
