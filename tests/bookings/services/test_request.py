"""/book/ for who finds no time that fits, slips in the address, or comes back to the page."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError

from bookings.models import Booking, CallSettings, Closure
from tests.bookings.posting import CALLER, WORDS, ask_for, errors, idempotency_key
from tests.factories import (
    make_booking,
    make_call_settings,
    make_clinic,
    make_clinician,
    make_slot,
)

pytestmark = pytest.mark.django_db

WEDNESDAY = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def settings_of_calls():
    make_clinic()
    return make_call_settings()


def ask_back(client, **fields):
    return ask_for(client, "call_back", **fields)


@time_machine.travel(WEDNESDAY)
def test_who_finds_no_time_asks_to_be_called_back_on_the_same_page(client):
    make_slot()

    response = ask_back(
        client,
        wish_1_day="2026-07-03",
        wish_1_part="morning",
        wish_2_part="evening",
    )

    booking = Booking.objects.get()
    assert response.status_code == 303
    assert (booking.kind, booking.slot) == ("call_back", None)
    wishes = [(str(wish.day), wish.part) for wish in booking.wishes.all()]
    assert wishes == [("2026-07-03", "morning"), ("None", "evening")]
    receipt = client.get(response["Location"]).text
    assert "We will call you back" in receipt
    assert "Friday, July 3: In the morning (before noon)" in receipt


@time_machine.travel(WEDNESDAY)
def test_the_same_wish_twice_is_one(client):
    wish = {"day": "2026-07-03", "part": "any"}
    twice = {f"wish_{n}_{what}": wish[what] for n in (1, 2) for what in wish}

    ask_back(client, **twice)

    assert Booking.objects.get().wishes.count() == 1


@time_machine.travel(WEDNESDAY)
def test_the_days_to_wish_for_are_the_clinics_open_days_to_come(client):
    Closure.objects.create(first_day="2026-07-03", last_day="2026-07-04")

    page = client.get("/book/").text

    days = re.findall(r'<option value="(2026-[\d-]+)"', page)
    assert days[:3] == ["2026-07-02", "2026-07-05", "2026-07-06"]
    assert days[-1] == "2026-07-29"


@pytest.mark.parametrize("day", ["2001-01-01", "tomorrow", "\x00", "9999-99-99"])
def test_a_day_that_cannot_be_wished_for_is_refused_and_the_words_stay(client, day):
    response = ask_back(client, wish_1_day=day)

    assert response.status_code == 422
    assert "Choose another day" in errors(response)[0]
    assert WORDS["message"] in response.text
    assert re.search(r'value="call_back"[^>]*checked', response.text)


def test_a_wish_without_a_call_back_does_no_harm(client):
    ask_for(client, make_slot(), wish_1_part="morning")

    assert Booking.objects.get().kind == "discovery_call"


def test_with_no_time_free_at_all_a_call_back_is_chosen_beforehand(client):
    page = client.get("/book/").text

    assert "No time is free right now" in page
    assert re.search(r'value="call_back"[^>]*checked', page)


def test_a_call_back_needs_consent_too(client):
    response = ask_back(client, consent="")

    assert response.status_code == 422
    assert Booking.objects.count() == 0


def test_the_same_call_back_sent_twice_gives_the_same_receipt(client):
    key = idempotency_key(client.get("/book/"))
    data = {**CALLER, "slot": "call_back", "consent": "on", "idempotency_key": key}

    first, second = [client.post("/book/", data) for _ in range(2)]

    assert first["Location"] == second["Location"]
    assert Booking.objects.count() == 1


def test_the_times_are_a_list_of_days_that_say_how_many_are_free(client):
    make_slot(starts_at=datetime(2030, 7, 1, 16, tzinfo=UTC))
    with time_machine.travel(datetime(2030, 6, 20, tzinfo=UTC)):
        page = client.get("/book/").text

    (heading,) = re.findall(r"<summary[^>]*>(.*?)</summary>", page, re.DOTALL)[-1:]
    words = " ".join(re.sub(r"<[^>]+>", "", heading).split())
    assert words == "Monday, July 1, 1 free time"


def test_two_thousand_times_cost_no_more_queries(client, django_assert_max_num_queries):
    clinician = make_clinician()
    start = datetime.now(UTC) + timedelta(days=2)
    first = make_slot(clinician=clinician, starts_at=start)
    spans = [start + timedelta(minutes=15 * number) for number in range(1, 2000)]
    type(first).objects.bulk_create(
        type(first)(
            clinician=clinician, starts_at=at, ends_at=at + timedelta(minutes=15)
        )
        for at in spans
    )
    make_booking()

    with django_assert_max_num_queries(6):
        assert client.get("/book/").status_code == 200


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ada@gmial.com", "ada@gmail.com"),
        ("ada@gmail.con", "ada@gmail.com"),
        ("Ada.B@YAHO.com", "Ada.B@yahoo.com"),
        ("ada@hotmial.com", "ada@hotmail.com"),
        ("ada@outlok.com", "ada@outlook.com"),
        ("ada@icloud.co", "ada@icloud.com"),
    ],
)
def test_a_slip_in_the_address_is_asked_about_once(client, typed, meant):
    slot = make_slot()

    question = ask_for(client, slot, email=typed)
    asked = re.search(r'name="email_asked" value="([^"]+)"', question.text).group(1)
    insisted = ask_for(client, slot, email=typed, email_asked=asked)

    assert question.status_code == 422
    assert f"Did you mean {meant}?" in errors(question)[0]
    assert WORDS["message"] in question.text
    assert insisted.status_code == 303
    assert Booking.objects.get().email.lower() == typed.lower()


@pytest.mark.parametrize(
    "address",
    ["ada@gmail.com", "ada@mail.com", "ada@ymail.com", "ada@live.com", "ada@knee.org"],
)
def test_an_address_without_a_slip_is_not_asked_about(client, address):
    assert ask_for(client, make_slot(), email=address).status_code == 303


def test_another_slip_is_asked_about_anew(client):
    slot = make_slot()

    response = ask_for(client, slot, email="b@gmial.com", email_asked="a@gmial.com")

    assert response.status_code == 422


@pytest.mark.parametrize(
    ("zone", "stored"),
    [("Pacific/Honolulu", "Pacific/Honolulu"), ("Mars/Base", ""), ("../etc", "")],
)
def test_the_request_remembers_the_visitors_clock(client, zone, stored):
    ask_for(client, make_slot(), visitor_zone=zone)

    assert Booking.objects.get().visitor_zone == stored


def test_the_way_here_is_kept_over_a_look_at_later_days(client):
    clinician = make_clinician()
    start = datetime.now(UTC) + timedelta(days=2)
    for day in range(10):
        make_slot(clinician=clinician, starts_at=start + timedelta(days=day))
    from_article = {"Referer": "https://testserver/articles/knee-pain/"}

    first = client.get("/book/", headers=from_article)
    later = re.search(r'href="(\?from=[^"]+)"', first.text).group(1)
    second = client.get("/book/" + later.replace("&amp;", "&"))

    assert 'name="referrer" value="/articles/knee-pain/"' in second.text


@pytest.mark.parametrize(
    "via", ["https://evil.example/", "//evil", "/admin/", "x" * 300]
)
def test_a_made_up_way_here_is_dropped(client, via):
    page = client.get("/book/", {"via": via}).text

    assert re.search(r'name="referrer"(?! value)', page)


def test_a_link_in_a_mail_chooses_its_time(client):
    make_slot()
    slot = make_slot(starts_at=datetime.now(UTC) + timedelta(days=5))

    page = client.get("/book/", {"time": slot.pk}).text

    assert re.search(rf'value="{slot.pk}"[^>]*checked', page)


@pytest.mark.parametrize("number", ["", "0", "-1", "²", "9" * 30, "a"])
def test_a_link_to_no_time_shows_the_page_all_the_same(client, number):
    assert client.get("/book/", {"time": number}).status_code == 200


@pytest.mark.parametrize("days", [30, 7, 1])
def test_the_form_and_the_privacy_page_say_what_the_settings_say(
    client, settings_of_calls, days
):
    settings_of_calls.message_days = days
    settings_of_calls.contact_days = 60
    settings_of_calls.save()
    words = "1 day" if days == 1 else f"{days} days"

    form, contact = client.get("/book/").text, client.get("/contact/").text
    privacy = client.get("/privacy/").text

    assert f"We delete it {words} after your call" in form
    assert f"We delete it {words} after you send it" in contact
    assert f"{words} after your call" in privacy
    assert "60 days after that day" in privacy


@pytest.mark.parametrize(
    "fields",
    [
        {"message_days": 0},
        {"message_days": 31},
        {"contact_days": 0},
        {"contact_days": 181},
        {"mail_days": 0},
        {"mail_days": 8},
        {"reminder_hours": 73},
        {"message_days": 30, "contact_days": 29},
    ],
    ids=str,
)
def test_deleting_can_be_set_shorter_but_not_off(settings_of_calls, fields):
    with pytest.raises(IntegrityError):
        CallSettings.objects.update(**fields)
