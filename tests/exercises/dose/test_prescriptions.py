"""What clinicians really prescribe can be stated, in numbers, and comes out as they said it."""

import re
import tomllib
from pathlib import Path

import pytest

from exercises.dose import DoseSnapshot
from exercises.models import Dose, Exercise
from exercises.rendering import structured_data
from tests.exercises.dose import reader

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.same_on_any_database(
        "what the database says to a dose is asked in test_database"
    ),
]
HERE = Path(__file__).parent
IN_WORDS = {
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "once": "1",
    "twice": "2",
}


def read(name):
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))[name]


PRESCRIPTIONS, LEAFLETS = read("prescriptions"), tomllib.loads((HERE / "leaflets.toml").read_text("utf-8"))["doses"]  # fmt: skip
DOSES = [each["dose"] for each in [*PRESCRIPTIONS, *LEAFLETS]]


def told(dose):
    """Every word that a patient reads of the dose."""
    return " ".join(
        [dose.sentence(), *(words for _, words in dose.details()), dose.note]
    )


@pytest.mark.parametrize("entry", PRESCRIPTIONS, ids=lambda entry: entry["wording"])
def test_a_prescription_is_said_in_one_sentence(entry):
    assert DoseSnapshot(**entry["dose"]).sentence() == entry["sentence"]


@pytest.mark.parametrize("entry", PRESCRIPTIONS, ids=lambda entry: entry["wording"])
def test_no_number_of_a_prescription_is_lost(entry):
    """But for those that are said otherwise: a sum, a part of another number. Minutes may be said in seconds, and back."""
    dose = DoseSnapshot(**entry["dose"])
    words = re.sub(r"\b(two|three|four|five|once|twice)\b", lambda found: IN_WORDS[found[0]], entry["wording"].lower())  # fmt: skip
    wanted = {int(number) for number in re.findall(r"\d+", words)}
    wanted -= {int(number) for number in entry.get("said_otherwise", [])}
    said = re.findall(r"\d+", told(dose).replace("nce a day", "1"))
    said = {int(number) for number in said}

    assert {n for n in wanted if not {n, n * 60, n / 60} & said} == set()


@pytest.mark.parametrize("fields", DOSES, ids=str)
def test_a_dose_can_be_stored_and_comes_back_from_its_sentence_and_its_sheet(fields):
    dose, exercise = DoseSnapshot(**fields), Exercise()
    row = Dose(exercise=exercise, source="A book.", **fields)
    beside = dict.fromkeys(["load", "changes", "superset", "note"], "")

    row.clean_fields(exclude=["exercise"])
    row.clean()
    row.validate_constraints(exclude={"exercise"})

    assert row.sentence() == dose.sentence()
    assert DoseSnapshot(**dose.as_data()) == dose
    if dose.as_able:
        return  # words that no reader can tell from others
    assert reader.from_sentence(dose.sentence()) == DoseSnapshot(**fields | beside)
    columns = {name: words for name, words in dose.row().items() if name not in ["With", "How it changes", "Together with"]}  # fmt: skip
    assert reader.from_row(columns) == DoseSnapshot(**fields | beside)


@pytest.mark.parametrize("fields", DOSES, ids=str)
def test_a_dose_is_played_and_told_to_machines(fields):
    dose = DoseSnapshot(**fields)
    plan = structured_data._plan(Exercise(title="A move"), dose)

    assert bool(dose.steps()) == dose.is_stated
    said = plan["additionalVariable"]
    assert (said if isinstance(said, str) else said[0]) == dose.sentence()
