"""The handout on paper: read back with other programs than the one that made it."""

import datetime
import json
import re
from dataclasses import replace

import pypdfium2
import pytest
import typst
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdfua import validate

from exercises import pain
from exercises.dose import NOT_STATED, DoseSnapshot
from exercises.pdf import compile as pdf
from exercises.pdf.sheet import Letterhead, Level, Review
from kneecare.core.text.glyphs import DRAWN, STAND_IN
from tests.exercises.dose.strategies import doses
from tests.exercises.printed import (
    A4,
    ADDRESS,
    LETTER,
    codes,
    letter_heights,
    make_item,
    make_sheet,
    pictures,
    printed,
    structure,
    tags,
    words,
)

pytestmark = pytest.mark.same_on_any_database("what is printed")

EVERY_KIND = [
    (paper, large) for paper in ("us-letter", "a4") for large in (False, True)
]


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.mark.parametrize(("paper", "large_print"), EVERY_KIND)
def test_a_pdf_ua_validator_finds_nothing_to_say(tmp_path, paper, large_print):
    file = tmp_path / "handout.pdf"
    file.write_bytes(
        pdf.handout_pdf(make_sheet(), paper=paper, large_print=large_print)
    )

    assert [str(finding) for finding in validate(file).findings] == []


def test_it_says_that_it_is_pdf_ua_and_in_which_language():
    root = printed(make_sheet()).trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-US"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


def test_its_title_and_author_are_the_routines():
    about = printed(make_sheet()).metadata

    assert (about.title, about.author) == ("Strong knees", "Ada Byron, DPT")


def test_its_headings_lists_and_ticks_are_tagged():
    kinds = [kind for kind, _ in structure(printed(make_sheet()))]

    assert kinds.count("/H1") == 4
    assert kinds.count("/TH") == 15
    assert {"/H2", "/L", "/LI", "/Table", "/TR", "/TD", "/Link"} <= set(kinds)


def test_each_picture_is_told_in_words():
    told = [
        element["/Alt"]
        for _, element in structure(printed(make_sheet()))
        if "/Alt" in element
    ]

    assert told[0] == f"QR code that opens the page of this handout: {ADDRESS}"
    assert told[1].startswith("Glute bridge, seen from the side 1: Lie on your back:")
    assert told[1].endswith("Muscles at work: glutes.")


@pytest.mark.parametrize(("paper", "large_print"), EVERY_KIND)
def test_another_program_reads_its_qr_code(paper, large_print):
    first = pictures(make_sheet(), paper=paper, large_print=large_print)[0]

    assert codes(first) == [ADDRESS]


@pytest.mark.parametrize(
    ("paper", "size"), [("us-letter", LETTER), ("a4", A4)], ids=["letter", "a4"]
)
def test_every_page_has_the_size_of_its_paper(paper, size):
    pages = printed(make_sheet(), paper=paper).pages

    sizes = {
        (round(page.mediabox.width), round(page.mediabox.height)) for page in pages
    }

    assert sizes == {size}


def test_large_print_is_16_points_and_more_where_usual_print_is_12():
    usual = letter_heights(printed(make_sheet()))
    large = letter_heights(printed(make_sheet(), large_print=True))

    assert max(usual, key=usual.get) == 12
    assert max(large, key=large.get) == 18
    assert min(large) == 16


@pytest.mark.parametrize("large_print", [False, True])
def test_nothing_runs_over_the_edge_of_a_page(large_print):
    item = make_item(
        title="Very " * 23, steps="A step of many words, again and again.\n" * 60
    )
    clinic = Letterhead("Knees " * 13, "(602) 555-0142")
    sheet = make_sheet(*[item] * 3, note="w" * 10_000, letterhead=clinic)

    for page in pictures(sheet, large_print=large_print):
        width, height = page.size
        edges = [
            page.crop((0, 0, width, 30)),
            page.crop((0, height - 30, width, height)),
            page.crop((0, 0, 30, height)),
            page.crop((width - 30, 0, width, height)),
        ]
        assert {edge.convert("L").getextrema() for edge in edges} == {(255, 255)}


@given(dose=doses().map(lambda dose: replace(dose, load="")))
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_it_says_a_dose_as_the_page_says_it(dose):
    text = words(printed(make_sheet(make_item(dose=dose))))

    asked = f"{dose.question()}: ask your clinician. " if dose.question() else ""
    asked = "" if asked and not dose.says_anything else asked
    assert f"How much {dose.sentence()} {asked}1. " in text
    assert "Not stated" not in text


def test_it_says_all_that_a_dose_holds():
    dose = DoseSnapshot(
        sets=2,
        reps=8,
        load="a light band",
        changes="2 pounds more when it is easy",
        superset="crab walk",
        note="Slowly.",
        provenance="A book.",
    )

    text = words(printed(make_sheet(make_item(dose=dose))))

    assert (
        "2 sets of 8 With: a light band How it changes: 2 pounds more when it is easy "
        "Together with: crab walk Slowly. How long to rest: ask your clinician." in text
    )
    assert "From: A book." in text


def test_a_dose_that_is_not_stated_is_never_a_number():
    text = words(printed(make_sheet(make_item(dose=DoseSnapshot()))))

    assert f"How much {NOT_STATED}" in text


def test_it_says_steps_warnings_pain_guide_and_when_to_get_help():
    item = make_item(not_for="You broke your leg.")
    guide = " ".join(f"{z.pain} {z.title}. {z.advice}" for z in pain.guide(3, 5))

    text = words(printed(make_sheet(item)))

    assert "1. Lie on your back. 2. Lift your hips." in text
    assert "Who should not do this • You broke your leg." in text
    assert guide in text
    assert "Call 911 now Do not wait. • You cannot feel your leg." in text
    assert text.count("Clinical review pending.") == 2


def test_it_sends_to_the_list_of_signs_before_the_exercises():
    text = words(printed(make_sheet()))

    page = int(re.search(r"read When to get help on page (\d)", text)[1])

    reader = printed(make_sheet())
    assert "You cannot feel your leg." in reader.pages[page - 1].extract_text()
    assert text.index("Check first") < text.index("Glute bridge")


@pytest.mark.parametrize(("paper", "large_print"), EVERY_KIND)
def test_signs_stand_on_the_sheet_that_says_what_they_are_signs_of(paper, large_print):
    signs = [f"Your knee shows the sign number {number}." for number in range(14)]
    levels = [
        Level(f"Level {n}", "One sign is enough.", [{"heading": "", "signs": signs}])
        for n in range(3)
    ]
    sheet = make_sheet(letterhead=Letterhead("Knees & Co", "", levels))

    pages = printed(sheet, paper=paper, large_print=large_print).pages

    texts = [page.extract_text() for page in pages]
    for text in texts:
        assert text.count("One sign is enough.") * 14 == text.count("shows the sign")


def test_a_list_that_no_sheet_holds_runs_on_to_the_next():
    signs = [f"Your knee shows the sign number {number}." for number in range(90)]
    letterhead = Letterhead(
        "Knees & Co", "", [Level("Level", "", [{"heading": "", "signs": signs}])]
    )

    pages = printed(make_sheet(letterhead=letterhead), large_print=True).pages

    text = " ".join(page.extract_text() for page in pages)
    assert text.count("shows the sign") == 90


def test_it_says_who_checked_it_and_when_again():
    review = Review(
        "Ada Byron, DPT",
        "Grace Hopper, DPT",
        datetime.date(2026, 1, 2),
        datetime.date(2029, 1, 2),
    )

    text = words(printed(make_sheet(review=review)))

    assert (
        "By Ada Byron, DPT. Checked by Grace Hopper, DPT on January 2, 2026. "
        "Next check due January 2, 2029. Version 4, January 5, 2026."
    ) in text


def test_every_page_says_whose_it_is_which_version_and_how_many_there_are():
    pages = printed(make_sheet(*[make_item()] * 4)).pages

    for number, page in enumerate(pages, 1):
        foot = " ".join(page.extract_text().split())
        assert "Knees & Co (602) 555-0142" in foot
        assert f"Version 4, January 5, 2026 Page {number} of {len(pages)}" in foot


def test_it_has_a_row_of_fourteen_boxes_for_each_exercise_and_one_for_pain():
    sheet = make_sheet(make_item(), make_item(title="Wall push"))

    rows = [
        [kind for kind, _ in tags(element)]
        for kind, element in structure(printed(sheet))
        if kind == "/TR"
    ]

    assert [row.count("/TH") for row in rows] == [15, 0, 0, 0]
    assert [row.count("/TD") for row in rows] == [0, 15, 15, 15]


def test_a_draft_says_so_on_every_page():
    pages = printed(make_sheet(*[make_item()] * 4, is_draft=True)).pages

    assert len(pages) > 1
    assert all("Draft. Not for patients." in page.extract_text() for page in pages)


def test_a_routine_without_exercises_says_so_and_has_no_boxes_to_tick():
    sheet = make_sheet()
    empty = replace(sheet, routine=replace(sheet.routine, items=[]))

    text = words(printed(empty))

    assert "There are no exercises in this routine yet." in text
    assert "Your two weeks" not in text


def test_formatted_text_keeps_its_paragraphs_and_points():
    intro = "<p>One &amp; <strong>two</strong>.</p><h2>Then</h2><ul><li><p>A point.</p></li></ul>"

    assert "One & two. Then • A point." in words(printed(make_sheet(intro=intro)))


@pytest.mark.parametrize(
    ("hostile", "inert"),
    [
        ("#panic() #let x = 1", "#panic() #let x = 1"),
        ("*bold* _under_ = head", "*bold* _under_ = head"),
        ('\\ " ${x}$ @ref <label>', '\\ " ${x}$ @ref <label>'),
        ("<script>x</script>", "<script>x</script>"),
        ("Well done \U0001f44d\U0001f3fd\ufe0f!", "Well done !"),
        ("膝 pain", f"{STAND_IN} pain"),
        ("a\x00b\x07c\u202ed", "abcd"),
        ("a\u00a0b\u3000c", "a b c"),
        ("e\u0301clair \ufb01ve", "éclair □ve"),
        ("½ cup ≤ 5 € — “so” …", "½ cup ≤ 5 € — “so” …"),
        ("Ελληνικά кириллица Tiếng Việt", "Ελληνικά кириллица Tiếng Việt"),
    ],
)
def test_hostile_words_are_words(hostile, inert):
    item = make_item(title=hostile, steps=hostile, not_for=hostile)

    text = words(printed(make_sheet(item, title=hostile, note=hostile)))

    # The title, the note, the exercise with its step and warning, and its row of boxes.
    assert text.count(inert) == 6


def test_hebrew_is_drawn_from_right_to_left():
    document = pypdfium2.PdfDocument(
        pdf.handout_pdf(make_sheet(note="ברך"), paper="a4", large_print=False)
    )
    text = document[0].get_textpage()

    places = {
        text.get_text_range(i, 1): text.get_charbox(i)[0]
        for i in range(text.count_chars())
    }
    document.close()

    assert places["ב"] > places["ר"] > places["ך"]


def test_a_note_of_ten_thousand_letters_is_there_to_its_end():
    note = "Some words. " * 830 + "The end."

    assert "Some words. The end." in words(printed(make_sheet(note=note)))


@pytest.mark.parametrize("pair", ["{}", "a{}b"])
def test_our_letters_draw_whatever_we_let_pass(pair):
    letters = [
        chr(code) for code in range(0x3000) if re.fullmatch(f"[{DRAWN}]", chr(code))
    ]
    note = " ".join(pair.format(letter) for letter in letters)

    assert len(letters) > 1000
    assert printed(make_sheet(note=note)).pages


@given(note=st.text(max_size=200), title=st.text(min_size=1, max_size=120))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_text_at_all_stops_the_printer(note, title):
    sheet = make_sheet(make_item(title=title, figure={}), title=title, note=note)

    assert pdf.handout_pdf(sheet, paper="a4", large_print=False).startswith(b"%PDF-")


@pytest.fixture
def compiled(monkeypatch):
    """What was asked of typst, one by one."""
    asked = []
    real = typst.compile

    def compile(*args, **options):
        asked.append(json.loads(options["sys_inputs"]["data"])["title"])
        return real(*args, **options)

    monkeypatch.setattr(pdf.typst, "compile", compile)
    return asked


def test_the_same_sheet_is_made_once_and_is_the_same_to_the_byte(compiled):
    first, second = (
        pdf.handout_pdf(make_sheet(), paper="a4", large_print=False) for _ in range(2)
    )

    assert compiled == ["Strong knees"]
    assert first == second


def test_it_is_the_same_to_the_byte_when_it_is_made_again():
    first = pdf.handout_pdf(make_sheet(), paper="a4", large_print=False)
    cache.clear()

    assert pdf.handout_pdf(make_sheet(), paper="a4", large_print=False) == first


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Stronger knees"},
        {"version": 5},
        {"made_on": datetime.date(2026, 1, 6)},
        {"letterhead": Letterhead("Another clinic")},
    ],
)
def test_what_says_something_else_is_made_anew(compiled, change):
    pdf.handout_pdf(make_sheet(), paper="a4", large_print=False)

    pdf.handout_pdf(make_sheet(**change), paper="a4", large_print=False)

    assert len(compiled) == 2


@pytest.mark.parametrize("kind", ["is_private", "is_draft"])
def test_what_is_for_one_person_is_kept_in_no_cache(compiled, monkeypatch, kind):
    kept = []
    monkeypatch.setattr(cache, "set", lambda *args: kept.append(args), raising=False)

    for _ in range(2):
        pdf.handout_pdf(make_sheet(**{kind: True}), paper="a4", large_print=False)

    assert (len(compiled), kept) == (2, [])
