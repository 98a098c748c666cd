"""Signing many live pages at once: each is listed with its sources, and signed as it was listed, by a clinician alone."""

import re

import pytest

from exercises.models import Exercise
from kneecare.core.admin.urls import admin_url
from kneecare.publishing.models import Signature
from kneecare.publishing.publish import publish
from tests.factories import make_account, make_clinician, make_exercise

pytestmark = pytest.mark.django_db
LIST = admin_url(Exercise, "changelist")


@pytest.fixture
def ana():
    return make_clinician(name="Ana Ruiz", credentials="DPT")


@pytest.fixture
def pages(client, ana):
    client.force_login(make_account(ana))
    dose = {"sets": 2, "source": "A leaflet about knees"}
    return [
        make_exercise(title="Bridge", slug="bridge", dose=dose),
        make_exercise(title="Squat", slug="squat"),
    ]


def choose(client, pages, **fields):
    chosen = {
        "action": "sign_selected",
        "_selected_action": [page.pk for page in pages],
    }
    return client.post(LIST, chosen | fields, follow=True)


def listed(html):
    return dict(re.findall(r'name="(seen-\d+)" value="(\w+)"', html))


def are_reviewed(pages):
    found = [Exercise.objects.get(pk=page.pk) for page in pages]
    return [page.live_version.is_reviewed for page in found]


def test_what_would_be_signed_is_listed_with_its_sources_and_not_signed_yet(
    client, pages
):
    html = choose(client, pages).text

    assert "Sign as Ana Ruiz, DPT" in html
    assert "From: A leaflet about knees" in html
    assert "None is named." in html
    assert listed(html).keys() == {f"seen-{page.pk}" for page in pages}
    assert Signature.objects.count() == 0


def test_the_ticked_pages_are_signed_and_say_so_to_patients(client, pages):
    seen = listed(choose(client, pages).text)

    choose(client, pages[:1], is_sure="yes", **seen)

    assert are_reviewed(pages) == [True, False]
    assert "Ana Ruiz, DPT" in client.get(pages[0].get_absolute_url()).text


def test_a_page_that_was_changed_after_it_was_listed_is_not_signed(client, pages):
    seen = listed(choose(client, pages).text)
    bridge = Exercise.objects.get(pk=pages[0].pk)
    bridge.summary = "Something else."
    bridge.save()
    publish(bridge, by=None)

    answer = choose(client, pages, is_sure="yes", **seen)

    assert "It was changed after you had opened it." in answer.text
    assert are_reviewed(pages) == [False, True]


@pytest.mark.parametrize("seen", [{}, {"seen": "0" * 64}])
def test_nothing_is_signed_that_was_not_listed(client, pages, seen):
    fields = {f"seen-{page.pk}": value for page in pages for value in seen.values()}

    choose(client, pages, is_sure="yes", **fields)

    assert are_reviewed(pages) == [False, False]


def test_who_is_no_clinician_is_not_offered_it_and_cannot_send_it(
    client, pages, staff_client
):
    assert "sign_selected" not in staff_client.get(LIST).text

    seen = {f"seen-{page.pk}": page.live_version.to_sign().digest for page in pages}
    choose(staff_client, pages, is_sure="yes", **seen)

    assert Signature.objects.count() == 0


def test_a_draft_is_not_signed_with_them(client, pages):
    draft = make_exercise(title="Draft", slug="draft", published_at=None)

    html = choose(client, [draft]).text

    assert "None of these is published" in html
    assert Signature.objects.count() == 0
