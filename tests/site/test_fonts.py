"""The letters: every sign that the site uses is in them, and what stands there before they come is as wide and as high."""

import re
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont

from kneecare.core import fonts

ROOT = Path(settings.BASE_DIR)
CSS = (ROOT / "static" / "css" / "fonts.css").read_text()
LETTERS = "abcdefghijklmnopqrstuvwxyz "
# How often each stands in English, in per cent, and how wide it is in the letters that nearly every device has (in
# thousandths of the size): Helvetica's and Times' own metrics, which Arial and Times New Roman keep.
OFTEN = [
    *[8.2, 1.5, 2.8, 4.3, 12.7, 2.2, 2.0, 6.1, 7.0, 0.15, 0.77, 4.0, 2.4, 6.7],
    *[7.5, 1.9, 0.095, 6.0, 6.3, 9.1, 2.8, 0.98, 2.4, 0.15, 2.0, 0.074, 18],
]
ARIAL = [
    *[556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556],
    *[556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 278],
]
ARIAL_BOLD = [
    *[556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611],
    *[611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 278],
]
TIMES_BOLD = [
    *[500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556],
    *[500, 556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444, 250],
]
# Drawn as signs by every system's own letters.
SYSTEMS_OWN = set("←→↑↓✓✔✗◀▶►▸▾•⚠★☆✕✖⏸⏵■●○")


@pytest.fixture(scope="module", params=fonts.FACES, ids=lambda face: face.name)
def face(request):
    return TTFont(fonts.folder() / "print" / f"{request.param.name}.ttf")


def texts():
    """All that visitors can read: templates and what a new site starts with."""
    found = [*ROOT.glob("templates/**/*.html"), *ROOT.glob("*/first_content/**/*.*")]
    return [path for path in found if path.suffix in {".html", ".toml", ".md"}]


def test_every_sign_of_templates_and_first_content_is_in_every_face(face):
    used = set("".join(path.read_text() for path in texts())) - SYSTEMS_OWN
    assert len(used) > 80

    assert {sign for sign in used if sign.isprintable()} - {
        chr(code) for code in face.getBestCmap()
    } == set()


def test_names_of_spanish_and_western_europe_can_be_written(face):
    codes = face.getBestCmap()

    assert all(ord(letter) in codes for letter in "áéíóúüñÁÉÍÓÚÜÑ¿¡ßøåçèàê")


@pytest.mark.parametrize(
    ("name", "first", "widths"),
    [
        ("text", '"Text until it comes";\n  font-weight: 400', ARIAL),
        ("text-bold", '"Text until it comes";\n  font-weight: 700', ARIAL_BOLD),
        ("heading", '"Heading until it comes"', TIMES_BOLD),
    ],
)
def test_what_stands_there_first_is_as_wide_and_as_high(name, first, widths):
    font = TTFont(fonts.folder() / "print" / f"{name}.ttf")
    unit = font["head"].unitsPerEm
    ours = [font["hmtx"][font.getBestCmap()[ord(each)]][0] / unit for each in LETTERS]
    wider = weighed(ours) / (weighed(widths) / 1000)

    [rule] = [each for each in CSS.split("@font-face") if first in each]

    told = dict(re.findall(r"(size-adjust|[\w-]+-override): ([\d.]+)%", rule))
    assert {key: float(value) for key, value in told.items()} == {
        "size-adjust": pytest.approx(100 * wider, abs=0.1),
        "ascent-override": pytest.approx(
            100 * font["hhea"].ascent / unit / wider, abs=0.1
        ),
        "descent-override": pytest.approx(
            -100 * font["hhea"].descent / unit / wider, abs=0.1
        ),
        "line-gap-override": 100 * font["hhea"].lineGap / unit,
    }


def weighed(widths):
    return sum(w * often for w, often in zip(widths, OFTEN, strict=True)) / sum(OFTEN)


def test_each_face_is_a_static_file_that_a_stylesheet_names_and_the_other_way_round():
    named = set(re.findall(r'url\("\.\./(fonts/[^"]+)"\)', CSS))

    assert named == {f"fonts/{face.name}.woff2" for face in fonts.FACES}
    assert all(Path(finders.find(name)).stat().st_size < 18_000 for name in named)
    assert finders.find("fonts/other.woff2") is None


@pytest.mark.django_db
def test_a_page_asks_for_the_letters_of_its_text_before_it_reads_a_stylesheet(client):
    head = client.get("/no-such-page/").text.partition("</head>")[0]

    for name in ["text", "text-bold"]:
        preload = f'fonts/{name}.woff2" as="font" type="font/woff2" crossorigin'
        assert head.index(preload) < head.index('rel="stylesheet"')


def test_every_machine_makes_the_very_same(tmp_path):
    [face] = [each for each in fonts.FACES if each.name == "text"]

    with time_machine.travel("2030-01-05T12:00+00:00"):
        fonts._make(face, tmp_path)

    for name in ["fonts/text.woff2", "print/text.ttf"]:
        assert (tmp_path / name).read_bytes() == (fonts.folder() / name).read_bytes()


def test_no_face_goes_by_a_name_that_its_makers_reserved(face):
    names = {each.nameID: str(each) for each in face["name"].names}

    reserved = re.findall(r"Reserved Font Name\W+(\w+)", names[0])
    assert not [
        name
        for number, name in names.items()
        if number not in fonts.KEPT_NAMES and any(word in name for word in reserved)
    ]
    assert "Open Font License" in names[13]


def test_of_two_that_make_them_at_once_the_second_keeps_what_the_first_has_made(
    tmp_path,
):
    made, fresh = tmp_path / "made", tmp_path / "fresh"
    for folder, text in [(made, "first"), (fresh, "second")]:
        folder.mkdir()
        (folder / "text").write_text(text)

    fonts._put_in_place(fresh, made)

    assert (made / "text").read_text() == "first"
