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
