"""How staff type the numbers of a dose."""

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exercises.dose import Amount
from exercises.dose.amount import QUANTITIES, REPS
from exercises.dose.parsing import Unreadable, read, typed
from exercises.dose.parts import Part, read_parts, read_tempo

pytestmark = pytest.mark.same_on_any_database("words alone")


@pytest.mark.parametrize(
    ("name", "text", "amount"),
    [
        ("reps", "10", Amount(10)),
        ("reps", " 10 - 15 ", Amount(10, 15)),
        ("reps", "10\u201315", Amount(10, 15)),
        ("reps", "10 to 15 reps", Amount(10, 15)),
        ("reps", "6-8, then 12", Amount(6, 8, later=12)),
        ("reps", "6 to 8, progressing to 12-15", Amount(6, 8, later=12, later_high=15)),
        ("reps", "work up to 20", Amount(later=20)),
        ("reps", "30 in total", Amount(30, over="total")),
        ("sets", "No more than 4", Amount(4, bound="up_to")),
        ("sets", "3 sets", Amount(3)),
        ("hold", "30", Amount(30)),
        ("hold", "30 s to 1 min", Amount(30, 60)),
        ("hold", "1-2 min", Amount(60, 120)),
        ("hold", "0.5 min", Amount(30)),
        ("hold", "at least 1 min, then 6 min", Amount(60, bound="at_least", later=360)),
        ("hold", "~6", Amount(6, bound="about")),
        ("rest", "0", Amount(0)),
        ("activity", "1.5 miles", Amount(1.5, unit="miles")),
        ("activity", "3000 steps a day, then 6000", Amount(3000, over="day", unit="steps", later=6000)),
        ("activity", "at least 150 min/week", Amount(9000, bound="at_least", over="week")),
        ("days", "4-5 days", Amount(4, 5)),
        ("weeks", "3 months", Amount(3, unit="months")),
        ("effort", "70%", Amount(70, unit="%")),
        ("effort", "13 of 20", Amount(13, unit="of 20")),
        ("effort", "at least 5/10", Amount(5, bound="at_least")),
    ],
)  # fmt: skip
def test_a_number_is_read_as_clinicians_write_it(name, text, amount):
    quantity = QUANTITIES[name]

    assert read(text, quantity) == amount
    assert read(typed(amount, quantity), quantity) == amount


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("reps", "a few", "Type it like one of these"),
        ("reps", "10-5", "A range runs upward"),
        ("reps", "10-10", "A range runs upward"),
        ("reps", "8, then 8", "another number"),
        ("reps", "8, then 12-10", "A range runs upward"),
        ("reps", "1000", "999 at the most"),
        ("reps", "2.5", "Give a whole number"),
        ("reps", "10 s", "does not fit here"),
        ("sets", "0", "Sets start at 1"),
        ("sets", "3 a day", "Sets: leave"),
        ("hold", "30, then 1 min", "Give a unit to both"),
        ("hold", "2 hours", "3600 at the most"),
        ("activity", "5", "Say of what, once"),
        ("activity", "1 mile to 2 km", "Say of what, once"),
        ("activity", "0 steps", "start"),
        ("effort", "11", "10 at the most"),
        ("effort", "101%", "100 at the most"),
        ("pain", "11", "10 at the most"),
        ("days", "8", "7 at the most"),
    ],
)
def test_a_number_that_cannot_be_says_why(name, text, message):
    with pytest.raises(Unreadable, match=message):
        read(text, QUANTITIES[name])


def test_things_done_in_turn_are_read_in_their_order():
    assert read_parts("walk 2 min, then run 3-4 min and 12 reps with a band") == (
        Part("walk", Amount(120)),
        Part("run", Amount(180, 240)),
        Part("with a band", Amount(12, unit=REPS)),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("walk 2 min", "Give 2 to 12 parts"),
        ("walk, run", "How much is"),
        ("walk 2, run 3", "Say of what, once"),
        ("walk 2 min 3, run 3 min", "no number"),
        ("walk\x00 2 min, run 3 min", "no number"),
        ("w" * 61 + " 2 min, run 3 min", "few words"),
        (", ".join(["walk 1 min"] * 13), "Give 2 to 12 parts"),
    ],
)
def test_things_in_turn_that_cannot_be_say_why(text, message):
    with pytest.raises(Unreadable, match=message):
        read_parts(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("3 sideways", "Type seconds like this"),
        ("up 3", "Type seconds like this"),
        ("3 up, 2 up", "once"),
        ("6 each, 2 up", "the whole alone"),
        ("3 pause", "A pause alone is a hold"),
        ("90 up", "60 at the most"),
        ("", "Type seconds like this"),
    ],
)
def test_a_tempo_that_cannot_be_says_why(text, message):
    with pytest.raises(Unreadable, match=message):
        read_tempo(text)


@given(st.text(max_size=80), st.sampled_from(sorted(QUANTITIES)))
@example("1" + " " * 150, "reps")
@example("at least " * 20, "reps")
def test_whatever_is_typed_is_an_amount_or_told(text, name):
    for reading in [lambda: read(text, QUANTITIES[name]), lambda: read_parts(text), lambda: read_tempo(text)]:  # fmt: skip
        with suppress(Unreadable):
            assert reading()
