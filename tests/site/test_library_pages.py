"""The starter library as patients read it: all of it published, none of it signed, nothing in it that leads nowhere."""

import re
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command

from articles.models import BLOCKS, PlainWord, Reference, Topic
from exercises.models import Dose, Exercise
from kneecare.clinic.models import Clinician, HelpLevel
from kneecare.core.first_content import PACKS
from kneecare.publishing.models import VersionedPage
from kneecare.search.models import PromotedPage, SynonymGroup
from tests.site.test_starter_packs import ALL

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("library"),
    pytest.mark.same_on_any_database(
        "pages of the starter library, whose rows both databases are filled with"
    ),
]


def rows():
    """How many rows there are of each kind."""
    return {each._meta.label: each._base_manager.count() for each in apps.get_models()}


def pages():
    kinds = [each for each in apps.get_models() if issubclass(each, VersionedPage)]
    return [page for kind in kinds for page in kind.objects.published()]


def test_all_of_it_is_published():
    found = {model: model.objects.published().count() for model in ALL}

    assert found == ALL


@pytest.mark.parametrize(
    "model", [*ALL, Topic, Dose, Reference, *BLOCKS, HelpLevel, PromotedPage, SynonymGroup, PlainWord]
)  # fmt: skip
def test_all_of_it_could_have_been_typed_by_staff(model):
    """Lengths, drawings and the like, which a database need not refuse."""
    for row in model.objects.all():
        row.full_clean()


def test_nobody_has_reviewed_any_of_it():
    assert [page.slug for page in pages() if page.live_version.is_reviewed] == []  # fmt: skip


def test_only_the_clinic_s_own_pages_name_its_clinician():
    his = {page.slug for page in pages() if page.author.is_shown}

    assert his == {
        "knee-pain-why-it-matters",
        "single-leg-glute-bridge",
        "knee-strength-starter",
    }
    assert [str(each) for each in Clinician.objects.shown()] == ["Nick Hunter, DPT"]  # fmt: skip


def test_the_doses_of_the_clinic_stay_the_clinic_s():
    dose = Exercise.objects.get(slug="glute-bridge").dose

    assert dose.sentence() == "2 sets of 10 to 15"
    assert dose.source == "Knee Pain: Why It Matters and What You Can Do About It, by Nick Hunter, DPT"  # fmt: skip
    assert not Exercise.objects.get(slug="wall-push").dose.is_stated


def test_a_second_load_changes_nothing():
    before = rows()

    call_command("first_content", stdout=StringIO())
    call_command("first_content", "--add", *PACKS, stdout=StringIO())

    assert rows() == before


def test_each_page_says_that_its_review_is_pending_and_links_nowhere_in_vain(client):  # fmt: skip
    links = {}
    for page in pages():
        html = client.get(page.get_absolute_url()).text
        assert "Clinical review pending" in html, page.slug
        links |= dict.fromkeys(re.findall(r'<a [^>]*href="(/[^"#]*)', html), page)

    assert {link: page.slug for link, page in links.items() if client.get(link).status_code != 200} == {}  # fmt: skip


def test_a_page_that_nobody_of_the_clinic_wrote_links_to_no_person(client):
    html = client.get("/articles/meniscus-tear/").text

    assert "By the starter library, from public sources" in html
    assert "#starter-library" not in html


def test_what_is_for_clinicians_is_never_shown(client):
    exercise = Exercise.objects.get(slug="quad-set")
    html = client.get(exercise.get_absolute_url()).text

    assert "(HW-PCL)" in exercise.for_clinicians
    assert "HW-PCL" not in html
    assert "HW-PCL" not in str(exercise.live_version.data)
