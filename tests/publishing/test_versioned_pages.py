"""What every kind of page that is published by version has, from the same code."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib import admin
from django.forms.models import inlineformset_factory
from django.urls import NoReverseMatch, reverse

from articles.models import Article
from exercises.models import Exercise, Routine
from kneecare.core.admin.urls import admin_url
from kneecare.publishing.admin.formsets import ChildFormSet
from kneecare.publishing.admin.publishing import VersionedPageAdmin
from kneecare.publishing.models import versioned_models
from kneecare.publishing.publish import publish, take_down
from kneecare.publishing.publish_checks import CHECKS, findings
from kneecare.publishing.schedule import do_what_is_due, schedule
from kneecare.search import search
from tests.admin_forms import filled, seen
from tests.factories import (
    make_article,
    make_clinic,
    make_clinician,
    make_draft,
    make_exercise,
    make_routine,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
# Each kind of page with how it is made: never published, and published. A new kind has its line here.
DRAFTS = {
    Article: lambda **fields: make_draft(**fields),
    Exercise: lambda **fields: make_exercise(published_at=None, **fields),
    Routine: lambda **fields: make_routine(
        make_exercise(), published_at=None, **fields
    ),
}
LIVE = {
    Article: lambda **fields: make_article(**fields),
    Exercise: lambda **fields: make_exercise(**fields),
    Routine: lambda **fields: make_routine(make_exercise(), **fields),
}
each_kind = pytest.mark.parametrize(
    "kind", versioned_models(), ids=lambda kind: kind.__name__
)


def test_each_kind_of_page_is_tried():
    assert set(versioned_models()) == set(DRAFTS) == set(LIVE)


@each_kind
def test_it_has_a_history_a_comparison_a_schedule_and_a_check_list(kind, staff_client):
    make_clinic()
    page = LIVE[kind]()
    version = page.live_version
    urls = [
        admin_url(page, "history"),
        f"{admin_url(page, 'compare')}?old={version.pk}&new=now",
        admin_url(page, "look", version.pk),
        admin_url(page, "schedule"),
    ]

    assert [staff_client.get(url).status_code for url in urls] == [200] * 4
    restored = staff_client.post(admin_url(page, "restore", version.pk), follow=True)
    assert "The working copy is version 1 again." in restored.text
    assert 'id="publish-check"' in staff_client.get(admin_url(page)).text


@each_kind
def test_its_children_stand_in_forms_that_outlive_another_editor(kind):
    page_admin = admin.site.get_model_admin(kind)
    inlines = {inline.model: inline for inline in page_admin.inlines}

    assert isinstance(page_admin, VersionedPageAdmin)
    for child, link in kind.version_model().CHILDREN.items():
        assert issubclass(inlines[child].formset, ChildFormSet)
        assert inlineformset_factory(kind, child, fields=[]).fk.name == link


@each_kind
@time_machine.travel(NOON, tick=False)
def test_it_goes_live_and_comes_down_at_its_time_and_not_before(kind, client):
    make_clinic()
    page = DRAFTS[kind](title="Sartorius")
    schedule(page, goes_live_at=NOON + HOUR, comes_down_at=NOON + 2 * HOUR, by=None)
    seen, found = [], []

    for hours in [0, 1, 2]:
        with time_machine.travel(NOON + hours * HOUR, tick=False):
            do_what_is_due()
            seen.append(client.get(page.get_absolute_url()).status_code)
            found.append(len(search("sartorius").found))

    assert seen == [404, 200, 404]
    assert found == [0, 1, 0]
    assert [event.action for event in page.events.all()] == [
        "came_down",
        "went_live",
        "end_changed",
        "planned",
    ]


@each_kind
@time_machine.travel(NOON, tick=False)
def test_with_a_late_worker_it_comes_down_all_the_same(kind, client):
    make_clinic()
    page = LIVE[kind]()
    schedule(page, comes_down_at=NOON + HOUR, by=None)

    with time_machine.travel(NOON + HOUR, tick=False):
        assert client.get(page.get_absolute_url()).status_code == 404
        assert not kind.objects.published().exists() or kind is Exercise


@each_kind
def test_it_is_scheduled_in_the_admin_on_the_clinics_clock(kind, staff_client):
    make_clinic(time_zone="America/Phoenix")
    page = DRAFTS[kind]()

    told = staff_client.post(
        admin_url(page, "schedule"),
        {"goes_live_at": "2095-07-01T09:00", **seen(page)},
        follow=True,
    )

    assert "Version 1 goes live on Friday, July 1, 2095 at 9:00 AM MST." in told.text
    page.refresh_from_db()
    assert page.goes_live_at == datetime(2095, 7, 1, 16, tzinfo=UTC)
    assert not page.is_published


@each_kind
def test_save_and_plan_leads_to_the_schedule(kind, staff_client):
    make_clinic()
    page = DRAFTS[kind]()
    form = filled(staff_client.get(admin_url(page))) | {"_plan": "1"}

    answer = staff_client.post(admin_url(page), form)

    assert answer["Location"].partition("?")[0] == admin_url(page, "schedule")


@each_kind
def test_publishing_drops_what_was_scheduled_and_the_events_say_who(kind, staff):
    page = DRAFTS[kind]()
    schedule(page, goes_live_at=datetime(2095, 7, 1, tzinfo=UTC), by=staff)

    publish(page, by=staff)
    take_down(page, by=staff)

    page.refresh_from_db()
    assert page.scheduled_version is None
    assert [(event.action, event.made_by) for event in page.events.all()] == [
        ("taken_down", staff),
        ("published", staff),
        ("plan_dropped", staff),
        ("planned", staff),
    ]


@each_kind
def test_its_history_tells_what_happened(kind, staff_client, staff):
    make_clinic()
    page = LIVE[kind]()
    take_down(page, by=staff)

    history = staff_client.get(admin_url(page, "history")).text

    assert "Taken down" in history.partition("What happened")[2]


def test_every_kind_of_page_has_checks():
    assert set(versioned_models()) == set(CHECKS)


def advice(page):
    found = findings(page)
    assert not any(finding.is_error for finding in found)
    return [finding.text for finding in found]


def test_an_exercise_is_checked_for_what_a_patient_would_miss():
    author = make_clinician(is_shown=False, name="Ada")
    exercise = make_exercise(author=author, steps=" ", published_at=None)

    assert advice(exercise) == [
        "The author, Ada, is not shown on the site, so that the name leads nowhere.",
        "No clinician has signed it as it stands: the page says that the clinical review is pending.",
        "There are no steps: say what to do.",
        "It is not stated how many to do, and patients are told to ask. Ask the clinician.",
    ]


def test_a_routine_is_checked_for_exercises_that_patients_would_not_see():
    draft = make_exercise(title="Bridge", published_at=None)
    routine = make_routine(draft, published_at=None)

    assert advice(routine)[1:] == [
        "No exercise in this routine is published: patients would see none.",
        "“Bridge” is not published, and is left out.",
    ]
    assert advice(make_routine(make_exercise()))[1:] == []


def test_what_is_only_advice_stops_no_publishing(client):
    make_clinic()
    routine = make_routine(make_exercise(published_at=None), published_at=None)

    publish(routine, by=None)

    assert client.get(routine.get_absolute_url()).status_code == 200


@each_kind
def test_a_page_that_does_not_exist_has_no_pages_beside_it(kind, staff_client):
    make_clinic()

    for name in ["compare", "schedule"]:
        options = kind._meta
        url = reverse(
            f"admin:{options.app_label}_{options.model_name}_{name}", args=[9]
        )
        assert staff_client.get(url).status_code == 404
    with pytest.raises(NoReverseMatch):
        admin_url(kind, "nothing")


FIRST_ROWS = {
    Article: ("articles_textblock_set", lambda page: page.articles_textblock_set),
    Routine: ("items", lambda page: page.items),
}


@pytest.mark.parametrize("junk", ["999999", "", "x"])
@pytest.mark.parametrize("kind", FIRST_ROWS)
def test_a_row_that_the_page_never_had_doubles_none(bob, kind, junk):
    page = DRAFTS[kind]()
    prefix, rows = FIRST_ROWS[kind]
    url = admin_url(page)
    form = filled(bob.get(url)) | {f"{prefix}-0-id": junk}

    told = bob.post(url, form)

    assert told.status_code == 200
    assert "the page has no such part" in told.text
    assert rows(page).count() == 1
