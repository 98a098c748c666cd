"""Another time zone of the clinic moves every call time: the owner sees what it would do before anything is saved."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.test import Client

from bookings.availability.slots import follow_the_zone, make_slots
from bookings.models import Slot
from kneecare.clinic.models import Clinic
from kneecare.core.admin.urls import admin_url
from tests.admin_forms import filled
from tests.bookings.availability.test_slots import make_hours
from tests.factories import make_booking

pytestmark = pytest.mark.django_db
LONDON = "Europe/London"
MONDAY = datetime(2026, 7, 6, 16, tzinfo=UTC)  # 9 AM in Phoenix


@pytest.fixture(autouse=True)
def _in_july():
    with time_machine.travel(datetime(2026, 7, 1, 12, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def times(clinic):
    make_hours()
    make_slots()
    return clinic


def typed(client, clinic, **changes):
    return filled(client.get(admin_url(clinic))) | {"time_zone": LONDON} | changes


def ask(client, clinic, **changes):
    return client.post(admin_url(clinic), typed(client, clinic, **changes))


def told(answer):
    notice = re.search(r'<div class="staff-notice".*?</div>', answer.text, re.S)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", notice).split())


def zone():
    return Clinic.objects.get().time_zone


def confirmed(answer):
    return filled(answer) | {"_zone": answer.context["adminform"].form.zone_token}


def test_another_zone_is_not_saved_before_the_owner_has_seen_what_it_would_do(
    staff_client, times
):
    free = Slot.objects.count()
    make_booking(slot=Slot.objects.get(starts_at=MONDAY), state="confirmed")

    answer = ask(staff_client, times, tagline="Typed before")

    assert (answer.status_code, zone()) == (200, "America/Phoenix")
    words = told(answer)
    assert "Change the time zone from America/Phoenix to Europe/London?" in words
    assert f"{free - 1} of {free - 1} free call times go, and {free} new ones are offered, at your hours on the clock of London." in words  # fmt: skip
    assert "1 booked call keeps its moment" in words
    assert "1 of them would be outside your hours" in words
    assert "Monday, July 6, 2026 at 9:00 AM Arizona time (MST) Monday, July 6, 2026 at 5:00 PM London time (BST)" in words  # fmt: skip
    assert 'value="Typed before"' in answer.text
    assert "Please correct" not in answer.text


def test_what_the_owner_was_told_is_what_comes_to_pass(staff_client, times):
    before = {slot.starts_at for slot in Slot.objects.all()}
    answer = ask(staff_client, times, tagline="Typed before")

    saved = staff_client.post(admin_url(times), confirmed(answer))
    follow_the_zone()

    times.refresh_from_db()
    assert (saved.status_code, times.time_zone) == (302, LONDON)
    assert times.tagline == "Typed before"
    after = {slot.starts_at for slot in Slot.objects.upcoming()}
    words = told(answer)
    assert f"{len(before - after)} of {len(before)} free call times go" in words
    assert f"{len(after - before)} new ones" in words


def test_only_the_next_three_calls_are_shown(staff_client, times):
    for slot in Slot.objects.order_by("-starts_at")[:5]:
        make_booking(slot=slot, state="confirmed")

    answer = ask(staff_client, times)

    shown = answer.context["zone_change"].shown
    first = Slot.objects.filter(bookings__isnull=False).order_by("starts_at")[:3]
    calls = [f"Call {slot.bookings.get().reference}" for slot in first]
    assert [row.label for row in shown] == calls
    assert "5 booked calls keep their moment" in told(answer)


def test_a_zone_with_the_same_clock_moves_nothing_and_is_asked_about_too(
    staff_client, times
):
    answer = ask(staff_client, times, time_zone="America/Creston")

    assert "No free call time moves. No call is booked." in told(answer)
    assert zone() == "America/Phoenix"


@pytest.mark.parametrize(
    "token",
    [
        "",
        "1",
        LONDON,
        "America/Phoenix to Asia/Tokyo",
        "Asia/Tokyo to Europe/London",
    ],
)
def test_who_confirmed_another_change_is_asked_about_this_one(
    staff_client, times, token
):
    answer = ask(staff_client, times, _zone=token)

    assert (answer.status_code, zone()) == (200, "America/Phoenix")
    assert "Nothing is saved yet." in told(answer)


def test_what_enter_presses_confirms_nothing(staff_client, times):
    answer = ask(staff_client, times)

    form = re.search(r'<form [^>]*id="clinic_form".*', answer.text, re.S)[0]
    assert re.search(r'type="submit" name="(\w+)"', form)[1] == "_continue"


def test_a_zone_that_there_is_not_is_told_of_and_not_worked_out(staff_client, times):
    answer = ask(staff_client, times, time_zone="Mars/Olympus")

    assert "Choose a time zone by its region and city" in answer.text
    assert "zone_change" not in answer.context


def test_a_form_that_leaves_the_zone_is_saved_at_once(staff_client, times):
    form = typed(staff_client, times, tagline="New", time_zone="America/Phoenix")

    assert staff_client.post(admin_url(times), form).status_code == 302
    assert Clinic.objects.get().tagline == "New"


@pytest.mark.parametrize("group", ["Editors", "Clinicians", "Front desk"])  # fmt: skip
def test_nobody_but_an_owner_changes_the_zone(django_user_model, times, group):
    user = django_user_model.objects.create_user(group, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client, token = Client(), f"America/Phoenix to {LONDON}"
    client.force_login(user)
    page = client.get(admin_url(times))
    if page.status_code == 200 and page.context["has_change_permission"]:
        sent = filled(page) | {"tagline": "Theirs"}
        client.post(admin_url(times), sent | {"time_zone": LONDON, "_zone": token})
        assert Clinic.objects.get().tagline == "Theirs"
    else:
        forged = {"time_zone": LONDON, "_zone": token}
        assert client.post(admin_url(times), forged).status_code == 403

    assert zone() == "America/Phoenix"
