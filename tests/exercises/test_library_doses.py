"""No dose of the starter library is made up: each is one that a named source states, all of it."""

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
# What a fact is called as a field; a table numbers the weeks of its program, and does not say for how long.
FIELDS = {
    **{name: name for name in ["sets", "reps", "hold", "rest", "per_day", "days"]},
    "rest_reps": "pause",
    "weeks": "weeks",
}
SIDES = {"affected-then-other": "affected_first"}


def as_fields(dose):
    """All that a source states of a dose, as its fields are written."""
    numbers = {
        field: _typed(dose[fact])
        for fact, field in FIELDS.items()
        if fact in dose and not (fact == "weeks" and dose["src"].endswith("-TBL"))
    }
    words = {
        "sides": SIDES.get(dose.get("sides"), dose.get("sides")),
        "load": dose.get("load", "").replace("0, then", "no weight, then"),
        "changes": f"Work up {dose['progress']}." if "progress" in dose else None,
        "from": dose["src"],
    }
    return numbers | {name: each for name, each in words.items() if each}


def _typed(numbers):
    return numbers[0] if len(numbers) == 1 else "-".join(map(str, numbers))


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
