"""The queue as the front desk works with it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.utils import timezone

from bookings import services
from bookings.models import Booking
from tests.bookings.desk import QUEUE, in_bulk, listed, page_of, said, state
from tests.factories import make_booking, make_slot

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clinic")]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def noon():
    """Noon of a Wednesday in Phoenix."""
    with time_machine.travel(datetime(2026, 7, 1, 19, tzinfo=UTC), tick=False):
        yield


def call(reference, *, starts_in, **fields):
    slot = make_slot(starts_at=timezone.now() + starts_in)
    return make_booking(reference=reference, slot=slot, **fields)


@pytest.fixture
def mixed():
    """One of everything that a tab tells apart."""
    ago = timezone.now() - 3 * DAY
    call("ASKED", starts_in=DAY)
    call("OLD", starts_in=2 * DAY, created_at=ago)
    call("SET", starts_in=5 * HOUR, state="confirmed", created_at=ago)
    call("HELD", starts_in=-3 * HOUR, state="completed", created_at=ago)
    call("UNMARKED", starts_in=-2 * HOUR, state="confirmed", created_at=ago)
    call("OFF", starts_in=HOUR, state="declined", created_at=ago)
    make_booking(reference="HELLO", kind="say_hi", created_at=ago - DAY)


@pytest.mark.parametrize(
    ("tab", "references"),
    [
        ("needs", ["HELLO", "UNMARKED", "OLD", "ASKED"]),
        ("new", ["ASKED"]),
        ("today", ["HELD", "UNMARKED", "SET"]),
        ("upcoming", ["SET", "ASKED", "OLD"]),
        ("outside", []),
        ("busy", []),
        ("past", ["OFF", "HELD"]),
    ],
)
def test_each_tab_shows_its_requests_in_the_order_of_work(
    staff_client, mixed, tab, references
):
    found = listed(staff_client, f"when={tab}")

    assert sorted(found) == sorted(references)
    if tab not in ("needs", "past"):  # where two are of the same age
        assert found == references


def test_the_queue_opens_at_what_needs_an_answer(staff_client):
    response = staff_client.get(QUEUE)

    assert response.url == f"{QUEUE}?when=needs"


def test_the_tabs_count_the_work_to_do(staff_client, mixed):
    page = staff_client.get(f"{QUEUE}?when=needs")

    counts = {tab["key"]: tab["count"] for tab in page.context["tabs"]}
    assert counts == {
        "needs": 4,
        "new": 1,
        "today": 3,
        "upcoming": 3,
        "waiting": None,
        "outside": 0,
        "busy": 0,
        "past": None,
        "all": None,
    }
    assert '<a href="?when=needs" aria-current="page">' in page.text


def test_a_search_looks_into_all_requests(staff_client, mixed):
    page = staff_client.get(f"{QUEUE}?when=upcoming")

    assert 'name="when"' not in page.text
    assert listed(staff_client, "q=HELD") == ["HELD"]


@pytest.mark.parametrize(
    ("query", "references"),
    [
        ("source=articles", ["TOPIC", "ARTICLE"]),
        ("source=home", ["HOME"]),
        ("source=unknown", ["NONE"]),
        ("source=odd", ["NONE", "HOME", "TOPIC", "ARTICLE"]),
        ("kind__exact=say_hi", ["NONE"]),
        ("state__exact=confirmed", ["HOME"]),
    ],
)
def test_the_queue_is_filtered_by_source_kind_and_state(
    staff_client, query, references
):
    now = timezone.now()
    make_booking(
        reference="ARTICLE", referrer="/articles/knee/", created_at=now - 3 * DAY
    )
    make_booking(reference="TOPIC", referrer="/topics/pain/", created_at=now - 2 * DAY)
    make_booking(
        reference="HOME", referrer="/", state="confirmed", created_at=now - DAY
    )
    make_booking(reference="NONE", kind="say_hi")

    assert listed(staff_client, query) == references


def test_a_request_that_waits_long_is_marked(staff_client):
    call("SOON", starts_in=DAY, created_at=timezone.now() - 23 * HOUR)
    call("LONG", starts_in=DAY, created_at=timezone.now() - 25 * HOUR)

    page = staff_client.get(f"{QUEUE}?when=needs").text

    assert page.count("Waits long") == 1
    assert "23\xa0hours ago" in page


def test_an_answered_request_waits_no_longer(staff_client):
    call("DONE", starts_in=DAY, state="confirmed", created_at=timezone.now() - 2 * DAY)

    assert "Waits long" not in staff_client.get(f"{QUEUE}?when=all").text


def test_a_call_that_is_over_asks_how_it_went(staff_client, mixed):
    page = staff_client.get(f"{QUEUE}?when=all").text

    assert page.count("How did it go?") == 1


def test_a_suspicion_is_said_in_words_in_the_list_and_on_the_page(staff_client):
    booking = make_booking(suspicion="too_fast")

    for address in [f"{QUEUE}?when=all", page_of(booking)]:
        page = staff_client.get(address).text
        assert "May not be a person: Sent within seconds" in page


def test_a_booked_call_outside_the_hours_is_marked_and_has_its_tab(staff_client):
    make_booking(reference="OUT", slot=make_slot(state="withdrawn"))
    call("GONE", starts_in=-HOUR, state="confirmed")

    page = staff_client.get(f"{QUEUE}?when=all").text

    assert page.count("Outside your hours") == 1
    assert listed(staff_client, "when=outside") == ["OUT"]


def test_a_row_is_answered_with_one_click_and_the_list_comes_back(staff_client):
    booking = call("REF", starts_in=DAY)
    page = staff_client.get(f"{QUEUE}?when=new").text
    address = f"{QUEUE}{booking.pk}/decide/confirm/"
    assert f'name="version" value="1" formaction="{address}"' in page
    assert 'name="back" value="?when=new"' in page

    response = staff_client.post(
        address, {"version": 1, "back": "?when=new"}, follow=True
    )

    assert state(booking) == "confirmed"
    assert response.redirect_chain == [(f"{QUEUE}?when=new", 302)]
    assert said(response) == [f"{booking}: Confirmed."]


@pytest.mark.parametrize(
    "back", ["//evil.example/", "https://evil.example/", "\r\nX: y"]
)
def test_the_way_back_leads_nowhere_but_to_the_queue(staff_client, back):
    booking = call("REF", starts_in=DAY)

    response = staff_client.post(
        f"{QUEUE}{booking.pk}/decide/confirm/", {"version": 1, "back": back}
    )

    assert response["Location"].startswith(f"{QUEUE}?")
    assert "\n" not in response["Location"]


def test_in_bulk_the_loser_of_a_race_between_staff_is_told(staff_client, staff):
    """Both had the list open; the other one was faster with one of two requests."""
    first, second = call("A", starts_in=DAY), call("B", starts_in=2 * DAY)
    services.cancel_by_clinic(Booking.objects.get(pk=first.pk), by=staff)

    response = in_bulk(staff_client, Booking, "confirm", [first, second])

    assert [state(first), state(second)] == ["cancelled_by_clinic", "confirmed"]
    assert said(response) == [
        "1 changed.",
        "1 left as they were. The request has changed since you opened it. Look at it again.",
    ]


def test_in_bulk_nothing_is_decided_that_nobody_has_seen(staff_client):
    booking = call("A", starts_in=DAY)
    data = {"action": "confirm", "select_across": 1, "_selected_action": [booking.pk]}

    staff_client.post(f"{QUEUE}?when=all", data)

    assert state(booking) == "requested"


def test_who_may_only_look_gets_no_buttons_in_the_list(client, django_user_model):
    user = django_user_model.objects.create_user("viewer", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(user)
    call("A", starts_in=DAY)

    page = client.get(f"{QUEUE}?when=all").text

    assert "formaction" not in page
    assert "/move/" not in page


@pytest.mark.parametrize("query", ["when=needs", "when=all", "q=ada", "source=home"])
def test_the_queue_costs_the_same_however_long_it_is(
    staff_client, django_assert_num_queries, query
):
    for _ in range(3):
        make_booking()
    with django_assert_num_queries(19) as few:
        staff_client.get(f"{QUEUE}?{query}")
    for _ in range(20):
        make_booking()

    with django_assert_num_queries(len(few)):
        staff_client.get(f"{QUEUE}?{query}")


def test_each_request_stands_on_one_page_of_the_queue(staff_client):
    for number in range(60):
        make_booking(reference=f"R{number}", kind="say_hi")

    pages = [listed(staff_client, f"when=all&p={page}") for page in (1, 2)]

    assert [len(page) for page in pages] == [50, 10]
    assert len({*pages[0], *pages[1]}) == 60
