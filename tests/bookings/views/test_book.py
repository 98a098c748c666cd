"""/book/ as a visitor meets it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from bookings import services
from bookings.availability.free_times import FreeTimes
from bookings.exceptions import SlotTaken
from bookings.models import Booking, CallSettings, OutboxMail
from kneecare.clinic.models import HelpLevel
from tests.bookings.posting import CALLER, WORDS, ask_for, errors, idempotency_key, post
from tests.factories import (
    make_booking,
    make_clinician,
    make_slot,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clinic")]

WEDNESDAY = datetime(2026, 7, 1, 12, tzinfo=UTC)
MONDAY_AT_NINE = datetime(2026, 7, 6, 16, tzinfo=UTC)  # in Phoenix


def listed(page):
    """The times on the page by day: ``{"Monday, July 6: 1 free time": ["9:00 AM"]}``."""
    days = {}
    for day in page.text.split('<details class="slot-picker__day"')[1:]:
        name, count = re.findall(r'slot-picker__(?:name|count)">([^<]*)<', day)[:2]
        times = re.findall(
            r'slot-picker__label"[^>]*>([^<]*)<', day.split("</details>")[0]
        )
        days[f"{name}: {count}"] = [time.strip() for time in times]
    return days


def open_days(page):
    """Which of the listed days do not fold their times away."""
    found = re.findall(
        r'<details class="slot-picker__day"( open)?.*?slot-picker__name">([^<]*)<',
        page.text,
        re.DOTALL,
    )
    return [name for is_open, name in found if is_open]


@time_machine.travel(WEDNESDAY, tick=False)
def test_the_page_lists_free_times_by_day_on_the_clinics_clock(client):
    clinician = make_clinician()
    for start in [MONDAY_AT_NINE, MONDAY_AT_NINE + timedelta(minutes=30)]:
        make_slot(clinician=clinician, starts_at=start)
    evening = datetime(2026, 7, 8, 6, tzinfo=UTC)  # still Tuesday there
    make_slot(clinician=clinician, starts_at=evening)

    page = client.get("/book/")

    assert listed(page) == {
        "Monday, July 6: 2 free times": ["9:00 AM", "9:30 AM"],
        "Tuesday, July 7: 1 free time": ["11:00 PM"],
    }
    assert "Arizona time (MST)" in page.text


def test_the_page_leaves_out_what_cannot_be_booked(client):
    make_booking()
    make_slot(state="blocked")
    make_slot(starts_at=timezone.now() + timedelta(hours=1))

    page = client.get("/book/")

    assert listed(page) == {}
    assert "No time is free right now" in page.text


@time_machine.travel(WEDNESDAY, tick=False)
def test_the_page_names_the_clinician_when_there_are_several(client):
    for name in ["Ann", "Bo"]:
        make_slot(clinician=make_clinician(name=name), starts_at=MONDAY_AT_NINE)

    page = client.get("/book/")

    assert listed(page) == {
        "Monday, July 6: 2 free times": ["9:00 AM, Ann", "9:00 AM, Bo"]
    }


@time_machine.travel(WEDNESDAY, tick=False)
def test_only_the_first_day_and_the_day_of_the_chosen_time_are_open(client):
    clinician = make_clinician()
    slots = [
        make_slot(clinician=clinician, starts_at=MONDAY_AT_NINE + timedelta(days=day))
        for day in range(4)
    ]

    page, with_a_mistake = client.get("/book/"), ask_for(client, slots[2], name="")

    assert open_days(page) == ["Monday, July 6"]
    assert open_days(with_a_mistake) == ["Monday, July 6", "Wednesday, July 8"]


@time_machine.travel(WEDNESDAY, tick=False)
def test_each_time_carries_its_moment_and_zone_for_the_visitors_own_clock(client):
    make_slot(starts_at=MONDAY_AT_NINE)

    page = client.get("/book/").text

    own = '<local-time datetime="2026-07-06T16:00:00+00:00" zone="America/Phoenix">'
    assert page.count(own) == 1
    assert '<script type="module" src="/static/js/local-time.js">' in page


def test_the_page_leads_through_three_steps_with_the_time_first(client):
    make_slot()

    page = client.get("/book/").text

    titles = re.findall(r'class="form-step__title"[^>]*>([^<]*)<', page)
    assert titles == [
        "Choose a time",
        "Tell us who you are and what is going on",
        "Send",
    ]


@time_machine.travel(WEDNESDAY, tick=False)
def test_days_that_do_not_fit_are_a_link_away(client):
    clinician = make_clinician()
    for day in range(10):
        make_slot(clinician=clinician, starts_at=MONDAY_AT_NINE + timedelta(days=day))

    first, second = client.get("/book/"), client.get("/book/?from=2026-07-13")

    assert len(listed(first)) == 7
    assert 'href="?from=2026-07-13"' in first.text
    assert next(iter(listed(second))) == "Monday, July 13: 1 free time"
    assert len(listed(second)) == 3
    assert 'href="?from=' not in second.text


def test_a_long_list_ends_with_a_whole_day(client):
    clinician = make_clinician()
    start = timezone.now().replace(hour=8, minute=0) + timedelta(days=2)
    for day in range(10):
        for number in range(30):
            make_slot(
                clinician=clinician,
                starts_at=start + timedelta(days=day, minutes=number * 20),
            )

    page = client.get("/book/")

    assert [len(times) for times in listed(page).values()] == [30] * 6
    assert "See later days" in page.text


@pytest.mark.parametrize("method", ["get", "head"])
def test_reading_the_page_sets_no_cookie_and_is_kept_by_no_shared_cache(client, method):
    response = getattr(client, method)("/book/")

    assert response.status_code == 200
    assert response.cookies == {}
    assert response["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, method):
    assert getattr(client, method)("/book/").status_code == 405


def test_asking_for_a_call_leads_to_its_receipt(client):
    slot = make_slot()

    response = ask_for(client, slot, phone="(602) 555-0123")

    booking = Booking.objects.get()
    assert response.status_code == 303
    assert re.fullmatch(r"/bookings/[\w.-]+/", response["Location"])
    assert response.cookies == {}
    assert client.get(response["Location"]).status_code == 200
    assert (booking.slot, booking.name, booking.email) == (slot, "Ada", WORDS["email"])
    assert (booking.message, str(booking.phone)) == (
        WORDS["message"],
        "+1 602-555-0123",
    )
    assert booking.consent_version == 1


def test_a_request_that_is_taken_reads_no_list_of_times(client, monkeypatch):
    slot = make_slot()
    form = {**CALLER, "idempotency_key": idempotency_key(client.get("/book/"))}
    monkeypatch.delattr(FreeTimes, "_bookable")

    response = client.post("/book/", {**form, "slot": slot.pk, "consent": "on"})

    assert response.status_code == 303


def test_line_breaks_count_as_one_character_as_browsers_count_them(client):
    ask_for(client, make_slot(), message="a\r\n" * 500)

    assert Booking.objects.get().message == ("a\n" * 500).strip()


def test_markup_in_a_visitors_words_does_nothing(client):
    script = "<script>alert(1)</script>"

    response = ask_for(client, make_slot(), name=script, message=script)

    receipt = client.get(response["Location"]).text
    assert "<script>alert" not in receipt
    assert receipt.count("&lt;script&gt;alert(1)") == 2


def test_the_same_form_sent_twice_gives_the_same_receipt(client):
    slot = make_slot()
    data = {**CALLER, "slot": slot.pk, "consent": "on"}
    data["idempotency_key"] = idempotency_key(client.get("/book/"))

    first, second = client.post("/book/", data), client.post("/book/", data)

    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]
    assert Booking.objects.count() == 1
    assert OutboxMail.objects.count() == 2


def test_the_same_form_with_other_words_is_not_taken_but_can_be_sent_anew(client):
    data = {**CALLER, "slot": make_slot().pk, "consent": "on"}
    data["idempotency_key"] = idempotency_key(client.get("/book/"))
    client.post("/book/", data)
    data |= {"slot": make_slot().pk, "name": "Bob"}

    response = client.post("/book/", data)

    assert response.status_code == 422
    assert "You sent this form before" in response.text
    assert 'value="Bob"' in response.text
    assert Booking.objects.count() == 1
    again = client.post(
        "/book/", {**data, "idempotency_key": idempotency_key(response)}
    )
    assert again.status_code == 303
    assert Booking.objects.count() == 2


def test_a_time_that_somebody_else_took_is_answered_with_the_nearest_free_ones(client):
    clinician = make_clinician()
    wanted = make_slot(clinician=clinician)
    for days in [-1, 1, 2, 3]:
        start = wanted.starts_at + timedelta(days=days)
        make_slot(clinician=clinician, starts_at=start)
    make_booking(slot=wanted)

    response = ask_for(client, wanted, name="Bob")

    assert response.status_code == 409
    assert len(errors(response)) == 1
    assert "this time has just gone" in errors(response)[0]
    assert len(listed(response)["Nearest to your choice: 3 free times"]) == 3
    assert 'value="Bob"' in response.text
    assert WORDS["message"] in response.text
    assert Booking.objects.count() == 1


def test_a_race_that_is_lost_at_the_last_moment_is_answered_the_same_way(
    client, monkeypatch
):
    def lose(request):
        raise SlotTaken

    monkeypatch.setattr(services, "submit", lose)

    response = ask_for(client, make_slot())

    assert response.status_code == 409
    assert WORDS["message"] in response.text


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "blocked"},
        {"starts_at": WEDNESDAY - timedelta(days=365)},
        {"starts_at": timezone.now() + timedelta(minutes=5)},
        {"starts_at": timezone.now() + timedelta(days=300)},
    ],
    ids=["blocked", "past", "too soon", "too far away"],
)
def test_a_time_that_is_not_offered_cannot_be_had(client, fields):
    make_slot()
    slot = make_slot(**fields)

    response = ask_for(client, slot)

    assert response.status_code == 409
    assert WORDS["message"] in response.text
    assert Booking.objects.count() == 0


def test_words_stay_when_no_time_is_left_at_all(client):
    slot = make_slot()
    key = idempotency_key(client.get("/book/"))
    make_booking(slot=slot)
    data = {**CALLER, "slot": slot.pk, "consent": "on", "idempotency_key": key}

    response = client.post("/book/", data)

    assert WORDS["message"] in response.text
    assert "No time is free here" in response.text


def test_what_the_visitor_chose_stays_chosen_when_something_else_is_wrong(client):
    slot = make_slot()

    response = ask_for(client, slot, name="")

    assert response.status_code == 422
    assert re.search(rf'value="{slot.pk}"[^>]*checked', response.text)


def test_answers_to_a_form_are_kept_by_no_cache(client):
    response = ask_for(client, make_slot(), name="")

    assert "no-store" in response["Cache-Control"]


def test_consent_to_words_that_changed_meanwhile_is_asked_for_again(client):
    slot = make_slot()
    page = client.get("/book/")
    CallSettings.objects.update(consent_version=2, consent_text="New words.")
    data = {
        **WORDS,
        "slot": slot.pk,
        "consent": "on",
        "idempotency_key": idempotency_key(page),
    }

    response = client.post("/book/", data)

    assert response.status_code == 422
    assert "These words have changed" in response.text
    assert "New words." in response.text
    assert not re.search(r'name="consent"[^>]*checked', response.text)
    assert Booking.objects.count() == 0


@pytest.mark.parametrize(
    ("led_from", "referrer"),
    [
        ("https://testserver/articles/knee-pain/?q=secret", "/articles/knee-pain/"),
        ("https://testserver/routines/knee-strength/", "/routines/knee-strength/"),
        ("https://testserver/where-does-it-hurt/", "/where-does-it-hurt/"),
        ("https://testserver/bookings/secret/", ""),
        ("https://testserver/handouts/secret/", ""),
        ("https://elsewhere.example/articles/a/", ""),
        ("https://[broken", ""),
    ],
)
def test_a_request_remembers_which_page_it_came_from(client, led_from, referrer):
    slot = make_slot()
    page = client.get("/book/", headers={"Referer": led_from})
    carried = re.search(r'name="referrer"(?: value="([^"]*)")?', page.text).group(1)

    ask_for(client, slot, referrer=carried or "")

    assert Booking.objects.get().referrer == referrer


def test_the_worst_signs_come_before_the_times_and_all_signs_are_there(client):
    make_slot()
    signs = "The leg is bent.\nThe foot is cold.\nBone shows.\nThe knee gave way."
    HelpLevel.objects.create(level=HelpLevel.Level.values[0], signs=signs)

    page = client.get("/book/").text

    assert page.index("The leg is bent.") < page.index('class="slot-picker"')
    assert 'href="#when-to-get-help"' in page
    assert "The knee gave way." in page[page.index('id="when-to-get-help"') :]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, 403),
        ({"Origin": "http://testserver"}, 303),
        ({"Origin": "https://testserver"}, 303),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "https://testserver.evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://[broken"}, 403),
        ({}, 303),
    ],
)
def test_a_form_is_taken_from_our_own_pages_only(client, headers, status):
    slot = make_slot()

    response = ask_for(client, slot, headers=headers)

    assert response.status_code == status
    assert Booking.objects.count() == (status == 303)


def test_a_refused_form_says_what_to_do(client):
    response = post(client, "/contact/", headers={"Sec-Fetch-Site": "cross-site"})

    assert "This form was not sent from our page" in response.text
