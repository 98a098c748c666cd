"""Letters where we draw them ourselves: on paper, and in the picture for shared links."""

# ruff: noqa: RUF001 - letters of many languages look like others

import io

import pytest
from django.contrib import admin
from django.contrib.messages import get_messages
from PIL import Image, ImageChops

from articles.models import Article
from articles.rendering import share_picture
from exercises.models import Exercise, Handout, Routine
from kneecare.clinic.models import Clinic, Clinician, HelpLevel
from kneecare.core.admin.model_admin import PrintedAdmin
from kneecare.core.admin.urls import admin_url
from kneecare.core.text.glyphs import breakable, drawable, not_drawn
from tests.admin_forms import filled
from tests.exercises.printed import make_sheet, printed, words
from tests.factories import (
    make_article,
    make_clinic,
    make_clinician,
    make_exercise,
    make_handout,
    make_routine,
)

LANGUAGES = {
    "Navajo": "Ńlááh ąąh dah hoyoolʼaałii shijáád ǫ́ǫ́ į́į́ ę́ę́ łíʼ",
    "Western Apache": "Gołkízhzhį ndeeʼ biyátiʼ",
    "O'odham": "O\u02bcodham ha-ñeʼokĭ, ḍ ṣ ŋ ʼI:da",
    "Hopi": "Hopìikwa hiita ö̀ngaʼ",
    "Yaqui": "Yoʼeme noki",
    "Spanish": "¿Le duele? Doble la rodilla 10 años, ¡ya!",
    "Vietnamese": "Đứng dậy rồi ngồi xuống, giữ thẳng lưng",
    "Tagalog": "Tumayô ka, magandáng umaga, ang mg̃a",
    "Somali": "Istaag oo fadhiiso",
    "Polish": "Zegnij kolano, wytrzymaj chwilę, źdźbło",
    "Romanian": "Îndoaie genunchiul și ține",
    "Turkish": "Dizini bük, ağrı İçin",
    "Swahili": "Simama na ukae",
    "Hausa": "Ɓangare ɗaya ƙafa",
    "Ewe": "Ɖo ŋku ɖe ƒo",
    "German": "Füße schließen, Straße",
    "Russian": "Согните колено",
    "Ukrainian": "Зігніть коліно, ґедзь",
    "Greek": "Λυγίστε το γόνατο",
    "Hebrew": "כופפו את הברך",
    "Formulas": "10⁻³ m, H₂O, x ≤ 5, ½ cup, 30 °",
}
TITLE = "Knee pain"


def test_letters_that_nobody_draws_are_named_once_and_blanks_are_not():
    assert not_drawn(["中 a\u3000文", "中👍\ufe0f"]) == ["中", "文", "👍", "\ufe0f"]


@pytest.mark.parametrize("text", LANGUAGES.values(), ids=LANGUAGES)
def test_the_languages_spoken_around_phoenix_are_printed(text):
    assert not_drawn([text]) == []
    assert words(printed(make_sheet(note=text, title=text))).count("□") == 0
    assert drawable(text, stand_in="!") == drawable(text)


@pytest.mark.parametrize("word", ["ǫ́" * 40, "n\u0331" * 40])
def test_a_long_word_is_not_broken_between_a_letter_and_its_mark(word):
    assert all(piece[0].isalpha() for piece in breakable(word).split("\u200b"))


def test_marks_of_a_letter_that_cannot_be_drawn_go_with_it():
    assert drawable("中\u0301 a") == "□ a"


def forms():
    make_clinic()
    clinician = make_clinician()
    exercise = make_exercise(dose={"sets": 2, "reps": 10})
    article = make_article(author=clinician)
    yield exercise, "title"
    yield exercise, "stated_dose-0-note"
    yield make_routine(exercise), "intro"
    yield make_handout(exercise), "note"
    yield article, "title"
    yield clinician, "name"
    yield Clinic.objects.get(), "name"
    yield HelpLevel.objects.first(), "signs"


def warned(response):
    return [
        str(each)
        for each in get_messages(response.wsgi_request)
        if "cannot show" in str(each)
    ]


@pytest.mark.django_db
def test_whoever_saves_letters_that_are_not_drawn_is_told_which(staff_client):
    told = []
    for row, name in forms():
        url = admin_url(row)
        data = filled(staff_client.get(url))
        key = next((each for each in data if each.endswith(name)), name)

        response = staff_client.post(url, data | {key: f"{data.get(key) or ''} 膝 ok"})

        assert response.status_code == 302, name
        told.append((name, len(warned(response)), "膝" in "".join(warned(response))))

    assert [each for each in told if each[1:] != (1, True)] == []


@pytest.mark.django_db
def test_whoever_saves_letters_that_are_drawn_is_told_nothing(staff_client):
    row = make_exercise()
    url = admin_url(row)
    data = filled(staff_client.get(url)) | {"title": LANGUAGES["Navajo"]}

    assert warned(staff_client.post(url, data)) == []


def test_each_form_of_words_that_are_drawn_tells():
    drawn = [Exercise, Routine, Handout, Article, Clinic, Clinician, HelpLevel]

    assert [each for each in drawn if not isinstance(admin.site._registry[each], PrintedAdmin)] == []  # fmt: skip


def picture(title=TITLE, clinic="KneeCare", author="By Rae", place=""):
    text = {"title": title, "clinic": clinic, "author": author}
    drawn = {name: share_picture._drawn(value) for name, value in text.items()}
    rest = {"language": "en", "drawing": share_picture._drawing(place), "mark": share_picture.MARK.read_text()}  # fmt: skip
    png = share_picture._draw(share_picture.json.dumps(drawn | rest))
    return Image.open(io.BytesIO(png)).convert("RGB")


def ink(picture, other):
    """The box around what differs: left, top, right, bottom."""
    return ImageChops.difference(picture, other).getbbox()


def test_the_picture_for_shared_links_leaves_out_what_it_cannot_draw():
    plain = picture()

    assert (
        ink(picture(f"{TITLE} \U0001f9b5\U0001f3fd\u200d\u2642\ufe0f"), plain) is None
    )
    assert ink(picture(f"{TITLE} 膝"), plain) is None


@pytest.mark.parametrize(
    "title",
    [
        "W" * 60,
        "Patellofemoralgelenkschmerzsyndrombehandlungsmoeglichkeitena",
        "W" * 16 + " " + "m" * 100,
        "What your knee needs when it hurts below the kneecap after a long run and what it does not need at all, in words",
        "ʼǫ́" * 40,
    ],
)  # fmt: skip
def test_a_long_title_stays_within_its_place(title):
    left, top, right, bottom = ink(picture(title), picture(""))

    assert (left >= 60, right <= 768) == (True, True)
    assert (top >= 115, bottom <= 545) == (True, True)


@pytest.mark.parametrize("name", ["W" * 80, "The clinic of " + "many words " * 6])
def test_a_long_name_stays_within_the_picture(name):
    empty = picture(author="", clinic="")

    assert ink(picture(author=f"By {name}", clinic=""), empty)[2] <= 768
    assert ink(picture(clinic=name, author=""), empty)[2] <= 1136


@pytest.mark.parametrize("place", ["", "front"])
def test_a_title_of_signs_alone_still_gives_a_picture(place):
    assert picture("\U0001f9b5", place=place).size == (1200, 630)
