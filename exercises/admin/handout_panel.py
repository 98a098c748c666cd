"""What stands at the top of a handout's form once it is saved: how to give it away, and how it stands."""

from dataclasses import dataclass
from itertools import pairwise

from django.urls import reverse

from exercises.handouts.addresses import sheet_address
from exercises.handouts.changes import changes
from exercises.handouts.qr import qr_code
from exercises.models import Handout, HandoutVersion
from kneecare.core.structured_data import absolute


@dataclass(frozen=True)
class Panel:
    handout: Handout
    address: str
    code: str
    pdf: str
    versions: list[tuple[HandoutVersion, list[str]]]
    has_ended: bool
    weeks: int


def panel(handout, *, today, weeks):
    """``weeks`` is how much longer it lives for each press of the button."""
    return Panel(
        handout=handout,
        address=absolute(handout.get_absolute_url()),
        code=qr_code(sheet_address(handout)),
        pdf=reverse("handouts:pdf", args=[handout.code]),
        versions=_versions(handout),
        has_ended=handout.has_ended(today=today),
        weeks=weeks,
    )


def _versions(handout):
    """The versions, newest first, each with what it changed."""
    rows = list(handout.versions.select_related("made_by"))
    told = [changes(old.snapshot(), new.snapshot()) for new, old in pairwise(rows)]
    return list(zip(rows, [*told, []], strict=False))
