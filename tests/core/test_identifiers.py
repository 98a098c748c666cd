from datetime import date

import pytest

from kneecare.core.identifiers import parse_day, parse_id, readable_code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", 0),
        ("42", 42),
        ("9" * 18, int("9" * 18)),
        ("9" * 19, None),
        ("", None),
        (None, None),
        ("-1", None),
        ("1.5", None),
        ("\u0664\u0662", None),
        ("²", None),
        ("now", None),
    ],
)
def test_an_id_is_read_only_out_of_ascii_digits_that_a_column_can_hold(text, expected):
    assert parse_id(text) == expected


@pytest.mark.parametrize("text", [None, "", "today", "2026-02-30", "22.11.2026"])
def test_no_day_is_read_out_of_what_names_none(text):
    assert parse_day(text) is None


def test_a_day_is_read_as_json_writes_it():
    assert parse_day("2026-11-22") == date(2026, 11, 22)


def test_a_code_to_read_out_has_no_letters_that_look_alike():
    code = readable_code(500)

    assert len(code) == 500
    assert not set(code) & set("0O1IL")
