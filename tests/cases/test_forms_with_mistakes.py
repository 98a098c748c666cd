"""A form that comes back: what is wrong is listed in the order of the page, the title says so, a group says so once."""

import re
from pathlib import Path

import pytest

from tests.bookings.posting import ask_for, post
from tests.factories import (
    make_call_settings,
    make_clinic,
    make_clinician,
    make_program,
    make_slot,
)

pytestmark = pytest.mark.django_db
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
NOTHING = {"name": "", "email": "", "message": "", "consent": "", "phone": "soon"}


@pytest.fixture(autouse=True)
def site():
    make_clinic()
    make_call_settings()
    clinician = make_clinician()
    return [make_slot(clinician=clinician)]


def came_back(client, url):
    if url == "/book/":
        return ask_for(client, "", **NOTHING)
    return post(client, url, **NOTHING)


def forms():
    return ["/book/", "/contact/", make_program().get_absolute_url()]


def in_order(html):
    """Where each mistake of the list stands on the page, in the order of the list."""
    summary = re.search(r'class="error-summary__list">(.*?)</ul>', html, re.DOTALL)
    ids = re.findall(r'href="#([^"]+)"', summary[1])
    return [html.index(f'id="{each}"') for each in ids]


def test_mistakes_are_listed_in_the_order_of_the_page(client):
    for url in forms():
        places = in_order(came_back(client, url).text)

        assert len(places) >= 2, url
        assert places == sorted(places), url


def test_the_first_mistake_of_a_booking_is_its_first_field(client):
    html = came_back(client, "/book/").text

    first = re.search(r'error-summary__list">\s*<li><a href="#([^"]+)">(.*?):', html)
    assert first.groups() == ("id_slot_0_0", "Free times")


def test_a_mistake_in_a_wish_stands_where_the_wish_stands(client):
    html = ask_for(client, "", wish_1_day="never", name="", consent="").text

    places = in_order(html)
    assert len(places) == 4
    assert places == sorted(places)


def test_the_title_says_that_there_is_a_mistake(client):
    for url in forms():
        good, bad = client.get(url).text, came_back(client, url).text
        title = re.search(r"<title>(.*?)</title>", good)[1]

        assert f"<title>Error: {title}</title>" in bad


def test_every_page_with_a_form_has_such_a_title():
    pages = [each.read_text() for each in TEMPLATES.rglob("*.html")]
    with_form = [page for page in pages if "{% crispy form %}" in page and "{% extends" in page]  # fmt: skip

    assert len(with_form) >= 4
    for page in with_form:
        assert "{% block title %}{% if form.errors %}Error: {% endif %}" in page


def test_a_group_says_once_that_it_is_wrong(client):
    for _ in range(3):
        make_slot(clinician=make_clinician())

    html = came_back(client, "/book/").text

    group = re.search(r'<fieldset[^>]*role="radiogroup"[^>]*>', html)[0]
    assert 'aria-invalid="true"' in group
    times = re.findall(r'<input[^>]*name="slot"[^>]*>', html)
    assert len(times) > 2
    assert [each for each in times if "aria-invalid" in each] == []


def test_each_field_that_is_wrong_says_so_and_no_other(client):
    html = came_back(client, "/book/").text

    wrong = re.findall(r'<(?:input|textarea|select)[^>]*name="(\w+)"[^>]*aria-invalid', html)  # fmt: skip
    assert wrong == ["name", "email", "phone", "consent"]


def test_a_form_without_mistakes_says_nothing_of_them(client):
    assert "aria-invalid" not in client.get("/book/").text
