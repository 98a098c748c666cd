"""Rows of a posted formset whose stored rows are gone for good: they become new ones and keep what was typed."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from kneecare.publishing.formset_data import as_new, ids, number


def posted(*rows, stored, prefix="items"):
    data = QueryDict(mutable=True)
    data["title"] = "A routine"
    data[f"{prefix}-TOTAL_FORMS"] = str(len(rows))
    data[f"{prefix}-INITIAL_FORMS"] = str(stored)
    for place, row in enumerate(rows):
        data.update({f"{prefix}-{place}-{name}": row[name] for name in row})
    return data


def rows_of(data, prefix="items"):
    count = int(data[f"{prefix}-TOTAL_FORMS"])
    return [
        (data[f"{prefix}-{n}-id"], data[f"{prefix}-{n}-note"]) for n in range(count)
    ]


FOUR = [
    {"id": "7", "note": "a"},
    {"id": "8", "note": "b"},
    {"id": "9", "note": "c"},
    {"id": "", "note": "new"},
]


def test_rows_that_are_gone_come_after_the_stored_ones_with_their_words():
    data, _ = as_new(posted(*FOUR, stored=3), MultiValueDict(), "items", {7, 9})

    assert rows_of(data) == [("8", "b"), ("", "a"), ("", "c"), ("", "new")]
    assert data["items-INITIAL_FORMS"] == "1"
    assert data["title"] == "A routine"


def test_files_go_with_their_rows():
    files = MultiValueDict(
        {f"items-{n}-image": [SimpleUploadedFile(f"{n}.png", b"x")] for n in range(4)}
    )

    _, files = as_new(posted(*FOUR, stored=3), files, "items", {7})

    assert [files[f"items-{n}-image"].name for n in range(4)] == [
        "1.png",
        "2.png",
        "0.png",
        "3.png",
    ]


def test_a_field_with_several_values_keeps_them_all():
    data = posted(*FOUR, stored=3)
    data.setlist("items-0-tags", ["1", "2"])

    data, _ = as_new(data, MultiValueDict(), "items", {7})

    assert data.getlist("items-2-tags") == ["1", "2"]


def test_another_formset_whose_name_begins_alike_is_left_alone():
    data = posted(*FOUR, stored=3)
    data.update(posted({"id": "7", "note": "other"}, stored=1, prefix="items-more"))

    data, _ = as_new(data, MultiValueDict(), "items", {7})

    assert data["items-more-0-id"] == "7"
    assert data["items-more-INITIAL_FORMS"] == "1"


def test_junk_for_a_count_is_no_row():
    for junk in ["", "x", "-1", "9" * 40]:
        data = posted(*FOUR, stored=3)
        data["items-INITIAL_FORMS"] = junk

        data, _ = as_new(data, MultiValueDict(), "items", {7})

        assert data["items-0-note"] == "a"


def test_ids_are_numbers_that_a_column_holds():
    data = QueryDict("a-0-id=7&a-1-id=x&a-2-id=²&a-3-id=" + "9" * 20 + "&b-0-id=8")

    assert ids(data, "a") == {7}
    assert number("0") == 0
    assert number(None) is None
