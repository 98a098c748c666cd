"""A program's page says what visitors ask first, as far as staff have filled it in, and nothing in its place."""

import pytest

from kneecare.clinic.models import Program
from tests.factories import make_clinic, make_program

pytestmark = pytest.mark.django_db
FIELDS = {
    "for_whom": ("Who it is for", "<p>For stiff legs.</p>"),
    "visit": ("What a visit looks like", "<p>You lie on a bench.</p>"),
    "joining": ("How to join", "<p>Send the form.</p>"),
    "visit_length": ("How long a visit takes", "45 minutes"),
    "place_and_times": ("Where and when", "Mondays in the gym"),
    "price": ("What it costs", "Free"),
}


@pytest.mark.parametrize("name", FIELDS)
def test_what_staff_fill_in_is_shown_and_the_rest_is_hidden(client, name):
    make_clinic()
    program = make_program(**{name: FIELDS[name][1]})

    html = client.get(program.get_absolute_url()).text

    assert FIELDS[name][1] in html
    headings = {heading for heading, _ in FIELDS.values() if f">{heading}<" in html}
    assert headings == {FIELDS[name][0]}


@pytest.mark.usefixtures("first_content")
def test_a_new_site_says_how_to_join_each_program_and_no_price(client):
    programs = Program.objects.published()

    assert len(programs) == 2
    for program in programs:
        html = client.get(program.get_absolute_url()).text
        assert "How to join" in html
        assert "What it costs" not in html
