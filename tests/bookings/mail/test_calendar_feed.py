"""The calls in a calendar program, by a secret address."""

from datetime import timedelta

import pytest
import vobject
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from bookings.models import CalendarFeed
from bookings.views import calendar_feed
from tests.factories import make_booking, make_clinic, make_clinician, make_slot

pytestmark = pytest.mark.django_db
PAGE = "/admin/bookings/booking/calendar/"


@pytest.fixture(autouse=True)
def clinic():
    cache.clear()
    return make_clinic()


@pytest.fixture
def mine(staff):
    return CalendarFeed.objects.create(user=staff)


def path_of(feed):
    return feed.url.removeprefix("https://testserver")


def events(client, subscription):
    """What another calendar library reads in the file."""
    calendar = vobject.readOne(client.get(path_of(subscription)).text)
    return list(getattr(calendar, "vevent_list", []))


def test_the_file_holds_the_calls_that_stand(client, mine):
    start = timezone.now().replace(microsecond=0) + timedelta(days=3)
    make_booking(reference="ASKED", slot=make_slot(starts_at=start), version=3)
    make_booking(reference="SET", slot=make_slot(), state="confirmed")
    make_booking(reference="OFF", slot=make_slot(), state="cancelled_by_visitor")
    make_booking(reference="HELLO", kind="say_hi")

    found = {event.uid.value: event for event in events(client, mine)}

    assert sorted(found) == ["ASKED@testserver", "SET@testserver"]
    asked = found["ASKED@testserver"]
    assert asked.dtstart.value == start
    assert asked.dtend.value == start + timedelta(minutes=30)
    assert asked.sequence.value == "3"
    assert asked.status.value == "TENTATIVE"
    assert found["SET@testserver"].status.value == "CONFIRMED"


def test_the_file_names_nobody_and_says_nothing_of_knees(client, mine):
    make_booking(
        reference="REF",
        name="Ada Byron",
        email="ada@example.com",
        phone="+16025550123",
        message="canary words",
    )

    text = client.get(path_of(mine)).text.replace("\r\n ", "")

    assert "SUMMARY:Call A.B. (REF)" in text
    for private in ["Ada", "Byron", "ada@", "5550123", "canary", "knee", "Knee"]:
        assert private not in text
    assert "/admin/bookings/booking/" in text


@pytest.mark.parametrize("name", ["", "=1", "7 dwarfs"])
def test_a_name_without_letters_has_no_initials(client, mine, name):
    make_booking(reference="REF", name=name)

    [event] = events(client, mine)

    assert event.summary.value.endswith("(REF)")


def test_the_file_can_be_of_one_clinician(client, mine):
    clinician = make_clinician()
    make_booking(reference="HERS", slot=make_slot(clinician=clinician))
    make_booking(reference="OTHER")
    CalendarFeed.objects.update(clinician=clinician)

    assert [event.uid.value for event in events(client, mine)] == ["HERS@testserver"]


def test_the_file_is_kept_by_no_cache_and_found_by_no_search_engine(client, mine):
    response = client.get(path_of(mine))

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


def test_a_forged_address_is_no_page_and_asks_no_database(
    client, mine, django_assert_num_queries
):
    number = mine.number
    for key in [number, f"{number}.x", f"x{path_of(mine)[7:-1]}"]:
        with django_assert_num_queries(0):
            response = client.get(reverse("calendar", args=[key]))
        assert response.status_code == 404


def test_the_stored_number_alone_opens_nothing(client, mine):
    """Whoever reads the database, or a backup of it, cannot read the calendar."""
    assert client.get(f"/calls/{mine.number}/").status_code == 404


def test_an_address_only_shows(client, mine):
    assert client.post(path_of(mine)).status_code == 405


def test_a_renewed_address_ends_the_one_before(client, staff_client, staff, mine):
    before = path_of(mine)

    staff_client.post(PAGE, {"clinician": ""})

    mine.refresh_from_db()
    assert client.get(before).status_code == 404
    assert client.get(path_of(mine)).status_code == 200


def test_staff_make_see_and_end_their_address(staff_client, staff):
    assert "You have no address yet." in staff_client.get(PAGE).text

    staff_client.post(PAGE, {"clinician": ""})
    mine = CalendarFeed.objects.get(user=staff)
    page = staff_client.get(PAGE)
    assert mine.url in page.text
    assert "no-store" in page["Cache-Control"]

    staff_client.post(PAGE, {"end": "1"})
    assert staff_client.get(path_of(mine)).status_code == 404


def test_an_address_ends_with_the_account_or_its_permission(client, django_user_model):
    user = django_user_model.objects.create_user("desk", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_booking"))
    mine = CalendarFeed.objects.create(user=user)
    assert client.get(path_of(mine)).status_code == 200

    user.user_permissions.clear()
    assert client.get(path_of(mine)).status_code == 404

    user.user_permissions.set(Permission.objects.filter(codename="view_booking"))
    user.is_active = False
    user.save()
    assert client.get(path_of(mine)).status_code == 404


def test_an_address_is_read_so_often_in_an_hour_and_no_oftener(
    client, mine, monkeypatch
):
    monkeypatch.setattr(calendar_feed, "READS_AN_HOUR", 2)

    statuses = [client.get(path_of(mine)).status_code for _ in range(3)]

    assert statuses == [200, 200, 429]


@pytest.mark.parametrize("count", [1, 10])
def test_the_file_costs_the_same_however_many_calls_there_are(
    client, mine, django_assert_num_queries, count
):
    for _ in range(count):
        make_booking()

    with django_assert_num_queries(3):
        client.get(path_of(mine))
