"""No dose of the starter library is made up: each is one that a named source states, as far as its fields can say it."""

import tomllib
from pathlib import Path

import pytest

from exercises.first_content import FOLDER
from kneecare.clinic.first_content import cited, sources
from kneecare.core.first_content import read, read_pages

pytestmark = pytest.mark.same_on_any_database("files")
FACTS = tomllib.loads(Path(__file__).with_name("doses.toml").read_text("utf-8"))
PAGES = read_pages([FOLDER / "own/exercises", FOLDER / "library/exercises"])
# The fact that each page is about, where the two have different names.
FACT_OF = {
    "straight-leg-raise": "straight-leg-raise-front",
    "side-lying-leg-lift": "straight-leg-raise-side",
    "prone-leg-lift": "straight-leg-raise-back",
    "standing-hip-abduction": "hip-abduction-standing",
    "inner-thigh-squeeze": "hip-adduction",
    "band-side-step": "side-step-band",
    "forward-lunge": "lunge",
    "calf-raise": "heel-raise",
    "glute-bridge": "bridge",
    "single-leg-glute-bridge": "bridge",
}
# From the clinic's own article, which the sheet of public sources does not repeat.
OF_THE_CLINIC = {"calf-raise": [{"src": "clinic", "sets": [3], "reps": [15]}]}
SIDES = {"each": "each", "both": "both", "affected-then-other": "each"}


def as_fields(dose):
    """What the fields of a dose can say of a source's ``dose``; a range of sets, seconds or days they cannot."""
    reps = [*dose.get("reps", []), None, None]
    fields = {
        "sets": _one(dose, "sets"),
        "reps_from": reps[0],
        "reps_to": reps[1],
        "hold_seconds": _one(dose, "hold"),
        "rest_seconds": _one(dose, "rest"),
        "sides": SIDES.get(dose.get("sides")),
        "days_per_week": _one(dose, "days"),
        "from": dose["src"],
    }
    return {name: value for name, value in fields.items() if value is not None}


def _one(dose, name):
    numbers = dose.get(name, [])
    return numbers[0] if len(numbers) == 1 else None


def test_the_library_has_a_page_of_every_exercise_that_sources_describe():
    assert {FACT_OF.get(slug, slug) for slug in PAGES} == FACTS.keys()


@pytest.mark.parametrize("slug", [slug for slug in PAGES if "dose" in PAGES[slug]])
def test_a_dose_is_one_that_its_source_states(slug):
    facts = FACTS[FACT_OF.get(slug, slug)]["doses"] + OF_THE_CLINIC.get(slug, [])
    stated = [as_fields(dose) for dose in facts if "bound" not in dose]

    assert PAGES[slug]["dose"] in stated


def test_only_moves_that_the_clinic_gave_no_numbers_for_have_no_dose():
    undosed = {slug for slug, page in PAGES.items() if "dose" not in page}

    assert undosed == {"single-leg-glute-bridge", "wall-push"}


@pytest.mark.parametrize("slug", [slug for slug in PAGES if not PAGES[slug]["is_own"]])
def test_the_doses_of_all_other_sources_are_there_for_the_clinician(slug):
    told = "\n".join(PAGES[slug]["for_clinicians"])
    named = {dose["src"] for dose in FACTS[FACT_OF.get(slug, slug)]["doses"]}

    missing = {key for key in named - {"clinic"} if f"({key})" not in told}

    assert missing == set()


def test_every_dose_names_a_source_that_is_known():
    keys = {page["dose"]["from"] for page in PAGES.values() if "dose" in page}

    assert keys <= sources().keys()
    assert all(len(cited(key)) <= 200 for key in keys)


def test_a_routine_of_the_library_has_at_most_five_moves_and_a_pain_guide():
    routines = read_pages([FOLDER / "library/routines"])

    assert len(routines) == 6
    assert {slug: len(each["items"]) for slug, each in routines.items() if len(each["items"]) > 5} == {}  # fmt: skip
    assert all(each["pain_source"] and each["green_to"] for each in routines.values())
    assert {slug for each in routines.values() for slug in each["items"]} <= PAGES.keys()  # fmt: skip


def test_every_tag_of_an_exercise_is_known():
    known = {tag["slug"] for tag in read(FOLDER / "tags.toml")["tags"]}

    assert {slug for page in PAGES.values() for slug in page["tags"]} <= known
