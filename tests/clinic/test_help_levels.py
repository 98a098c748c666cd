"""When to get help: whoever reads from the top reads the most urgent first."""

import pytest

from kneecare.clinic.models import Clinic, HelpLevel
from tests.factories import make_article, make_clinic

pytestmark = pytest.mark.django_db
HEADINGS = ["Call 911 now", "Call us today", "Mention it at your next visit"]


@pytest.fixture
def levels():
    """All three, stored the least urgent first."""
    make_clinic()
    for level, heading in reversed([*zip(HelpLevel.Level, HEADINGS, strict=True)]):
        HelpLevel.objects.create(level=level, heading=heading, signs="A sign.")


def test_the_clinic_lists_the_most_urgent_level_first(levels):
    listed = Clinic.objects.current().help_levels

    assert [level.heading for level in listed] == HEADINGS


def test_every_page_with_the_list_shows_the_most_urgent_level_first(client, levels):
    addresses = [
        "/when-to-get-help/",
        "/where-does-it-hurt/",
        "/book/",
        make_article().get_absolute_url(),
    ]
    for address in addresses:
        text = client.get(address).text
        places = [text.index(heading) for heading in HEADINGS]
        assert places == sorted(places), address


GROUPED = (
    "Alone.\nAfter an injury:\nBone shows.\nNumb foot.\nWith a fever:\n\nToo late:"
)


def test_a_line_with_a_colon_is_the_heading_of_the_signs_below_it():
    groups = HelpLevel(signs=GROUPED).groups()

    assert [(group.heading, group.signs) for group in groups] == [
        ("", ["Alone."]),
        ("After an injury:", ["Bone shows.", "Numb foot."]),
    ]


@pytest.mark.parametrize(
    ("signs", "worst"),
    [
        (GROUPED, [("", ["Alone."]), ("After an injury:", ["Bone shows."])]),
        ("A.\nB.\nC.\nD.", [("", ["A."]), ("", ["B."]), ("", ["C."])]),
        ("A:\n1.\nB:\n2.\nC:\n3.\nD:\n4.", [("A:", ["1."]), ("B:", ["2."]), ("C:", ["3."])]),
        ("", []),
    ],
)  # fmt: skip
def test_the_worst_signs_are_the_first_of_the_first_groups(signs, worst):
    found = HelpLevel(signs=signs).worst()

    assert [(group.heading, group.signs) for group in found] == worst


def test_a_page_names_the_worst_signs_at_its_top_and_leads_to_the_whole_list(client):
    article = make_article()
    make_clinic()
    signs = "After an injury:\nBone shows.\nNumb foot.\nB:\nTwo.\nC:\nThree.\nD:\nFour."
    HelpLevel.objects.update(heading="Call 911 now", signs=signs)

    top, _, rest = client.get(article.get_absolute_url()).text.partition("Some text.")

    assert "Call 911 now for one of these" in top
    assert "After an injury: Bone shows." in top
    assert 'href="#when-to-get-help"' in top
    assert "Numb foot." not in top
    assert "Four." not in top
    assert "Four." in rest


def test_a_page_leads_to_the_list_where_no_sign_is_known(client):
    article = make_article()
    make_clinic()
    HelpLevel.objects.all().delete()

    assert "Check first: when to get help" in client.get(article.get_absolute_url()).text  # fmt: skip
