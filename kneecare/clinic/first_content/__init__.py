"""Who the clinic is, when to get help, and the public sources that the starter packs name."""

from functools import cache
from pathlib import Path

from django.utils import timezone

from kneecare.clinic.models import (
    STARTER_LIBRARY,
    Clinic,
    Clinician,
    HelpLevel,
    Program,
)
from kneecare.core.first_content import joined, read
from kneecare.search.models import PromotedPage

FOLDER = Path(__file__).parent
OWN_POST = "clinic"


def load():
    """Fill an empty clinic: who we are, the clinicians, the programs, when to get help."""
    content = read(FOLDER / "clinic.toml")
    Clinic.objects.create(pk=1, **content["clinic"])
    for position, clinician in enumerate(content["clinicians"]):
        Clinician.objects.create(
            position=position,
            **{**clinician, "education": joined(clinician["education"])},
        )
    for position, program in enumerate(content["programs"]):
        Program.objects.create(
            position=position, published_at=timezone.now(), **program
        )
    for page in read(FOLDER / "promoted_pages.toml")["pages"]:
        PromotedPage.objects.create(**{**page, "words": joined(page["words"])})
    for level in read(FOLDER / "help.toml")["levels"]:
        HelpLevel.objects.create(**{**level, "signs": joined(level["signs"])})


def author_of(page):
    """Who answers for a page of a pack: the clinic's own clinician, or nobody who could be asked."""
    if page["is_own"]:
        return Clinician.objects.get(slug="nick-hunter")
    return Clinician.objects.get_or_create(
        slug=STARTER_LIBRARY,
        defaults={
            "name": "the starter library, from public sources",
            "role": "Text from public sources",
            "is_shown": False,
        },
    )[0]


@cache
def sources():
    """The public sources by key, each as the fields of a reference."""
    return read(FOLDER / "sources.toml")


def cited(key):
    """The source ``key`` in one line, for where a dose comes from."""
    source = sources()[key]
    if key == OWN_POST:
        return f"{source['title']}, by Nick Hunter, DPT"
    return ", ".join(filter(None, [source["title"], source.get("publisher", "")]))
