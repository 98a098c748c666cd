"""Against floods, without puzzles: limits and flags, and never a silent drop."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from bookings import jobs, services
from bookings.models import Booking, CallSettings, HoldLimit, OutboxMail
from bookings.services import suspicion
from bookings.services.limits import client_ip_key
from tests.at_once import WINNER, at_once
from tests.bookings.posting import (
    CALLER,
    WORDS,
    another_phone,
    ask_for,
    idempotency_key,
    post,
)
from tests.factories import (
    make_booking,
    make_call_request,
    make_clinician,
    make_slot,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.usefixtures("clinic"),
]


def slots(count):
    clinician = make_clinician()
    start = timezone.now() + timedelta(days=2)
    return [
        make_slot(clinician=clinician, starts_at=start + timedelta(hours=number))
        for number in range(count)
    ]


def book(slot, **content):
    return services.submit(make_call_request(slot=slot, **content))


def test_one_visitor_holds_three_times_at_most_however_the_address_is_written():
    one, two, three, four = slots(4)
    book(one)
    book(two, email="ADA@example.com")
    book(three, email="ada+knee@example.com")

    fourth = book(four)

    assert fourth.is_call_back
    assert Booking.objects.filter(slot__isnull=False).count() == 3


def test_a_time_that_was_given_back_counts_no_more():
    *three, fourth = slots(4)
    bookings = [book(slot) for slot in three]

    services.cancel_by_visitor(bookings[0])

    assert book(fourth).slot == fourth


def test_a_call_that_is_over_counts_no_more():
    *three, fourth = slots(4)
    for slot in three:
        book(slot)
    HoldLimit.objects.filter(number=2).update(expires_at=timezone.now())

    assert book(fourth).slot == fourth


def test_the_database_refuses_a_fourth_hold_and_one_hold_twice():
    booking = make_booking()
    hold = {"key": "key", "booking": booking, "expires_at": timezone.now()}
    HoldLimit.objects.create(number=1, **hold)

    for number in [1, 0, 4]:
        with pytest.raises(IntegrityError), transaction.atomic():
            HoldLimit.objects.create(number=number, **hold)


@pytest.mark.django_db(transaction=True)
def test_of_ten_requests_of_one_visitor_at_once_three_win():
    times = slots(10)

    def ask(slot):
        return lambda: book(slot)

    outcomes = at_once(*[ask(slot) for slot in times])

    assert outcomes == {WINNER: 10}
    assert Booking.objects.filter(slot__isnull=False).count() == 3


def test_two_hundred_posts_from_one_address_hold_as_many_times_as_staff_let_a_network(
    client,
):
    CallSettings.objects.update(network_calls=4)
    times = slots(12)
    key = idempotency_key(client.get("/book/"))
    statuses = []
    for number in range(200):
        if number < len(times):
            key = idempotency_key(client.get("/book/"))
        bot = {"email": f"bot{number}@example.com", "phone": another_phone()}
        words = {**WORDS, **bot, "idempotency_key": key}
        slot = times[number % len(times)].pk
        response = client.post("/book/", {**words, "slot": slot, "consent": "on"})
        statuses.append(response.status_code)

    assert Booking.objects.active().filter(slot__isnull=False).count() == 4
    assert set(statuses) <= {303, 409, 422}
    assert Booking.objects.filter(kind="call_back").count() == 8


def test_neighbours_behind_one_network_each_get_their_time(client):
    """A clinic's Wi-Fi, a phone company, an office: the fourth is no flood."""
    for number, slot in enumerate(slots(5)):
        ask_for(client, slot, email=f"n{number}@example.com", phone=another_phone())

    assert Booking.objects.filter(slot__isnull=False).count() == 5


def test_a_network_is_flagged_long_before_its_neighbours_are_called_back(client):
    # Of so many times that those who wait for an answer have no more than their share.
    for number, slot in enumerate(slots(40)[: suspicion.MANY + 3]):
        ask_for(client, slot, email=f"n{number}@example.com", phone=another_phone())

    held = Booking.objects.filter(slot__isnull=False)
    assert held.count() == suspicion.MANY + 3
    assert held.filter(suspicion__contains="many").count() == 3


def test_one_phone_number_holds_three_times_at_most_whatever_the_e_mail(client):
    for number, slot in enumerate(slots(4)):
        ask_for(client, slot, email=f"n{number}@example.com")

    assert Booking.objects.filter(slot__isnull=False).count() == 3


def sent_again(client, page, slot, number):
    """The form of ``page`` as it stands in a browser after a step back, with another name."""
    who = {"email": f"n{number}@example.com", "phone": another_phone()}
    key = idempotency_key(page)
    data = {**CALLER, **who, "slot": slot.pk, "consent": "on", "idempotency_key": key}
    return client.post("/book/", data)


def test_one_form_in_a_browser_holds_three_times_at_most_whoever_it_names(client):
    page = client.get("/book/")
    for number, slot in enumerate(slots(4)):
        answer = sent_again(client, page, slot, number)
        if answer.status_code == 422:  # it was sent before, and is asked again
            page = answer
            answer = sent_again(client, page, slot, number)
        assert answer.status_code == 303

    kinds = Booking.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["discovery_call"] * 3 + ["call_back"]


def test_a_form_opened_anew_is_somebody_elses(client):
    for number, slot in enumerate(slots(4)):
        sent_again(client, client.get("/book/"), slot, number)

    assert Booking.objects.filter(slot__isnull=False).count() == 4


def test_a_corrected_e_mail_gives_no_more_times(staff):
    one, two, three, four = slots(4)
    for slot in [one, two, three]:
        booking = book(slot, form_key="f", email=f"{slot.pk}@example.com")
        services.correct_contact(
            booking, name="Ada", email=f"new{slot.pk}@example.com", phone="", by=staff
        )

    assert book(four, form_key="f", email="d@example.com").is_call_back


def test_a_form_that_came_back_is_not_sent_within_seconds(client):
    one, two = slots(2)
    with time_machine.travel(timezone.now() - timedelta(minutes=1)):
        page = client.get("/book/")
    sent_again(client, page, one, 1)

    sent_again(client, sent_again(client, page, two, 2), two, 2)

    assert set(Booking.objects.values_list("suspicion", flat=True)) == {""}


def test_colleagues_at_one_number_are_told_apart_by_their_extensions(client):
    for number, slot in enumerate(slots(4)):
        phone = f"(602) 555-0123 ext. {number}"
        ask_for(client, slot, email=f"n{number}@example.com", phone=phone)

    assert Booking.objects.filter(slot__isnull=False).count() == 4


def test_who_comes_after_a_flood_from_their_network_is_called_back_and_told(client):
    CallSettings.objects.update(network_calls=3)
    *three, fourth = slots(4)
    for number, slot in enumerate(three):
        ask_for(client, slot, email=f"bot{number}@example.com", phone=another_phone())

    taken = ask_for(client, fourth)
    page = client.get(taken["Location"])

    assert taken.status_code == 303
    assert "We will call you back about it" in page.text
    assert Booking.objects.get(email=WORDS["email"]).kind == "call_back"


def test_tomorrow_the_network_may_ask_again(client):
    CallSettings.objects.update(network_calls=3)
    *three, fourth = slots(4)
    for number, slot in enumerate(three):
        ask_for(client, slot, email=f"n{number}@example.com", phone=another_phone())
    Booking.objects.update(created_at=timezone.now() - timedelta(hours=25))

    ask_for(client, fourth)

    assert Booking.objects.get(email=WORDS["email"]).slot == fourth


@pytest.mark.parametrize("number", [2, 101])
def test_the_database_refuses_a_limit_below_three_or_without_end(number):
    with pytest.raises(IntegrityError), transaction.atomic():
        CallSettings.objects.update(network_calls=number)


def test_after_a_day_the_address_is_forgotten(client):
    ask_for(client, make_slot())
    kept = Booking.objects.get().client_ip_key

    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        jobs.forget_client_ips()

    assert kept
    assert "127.0.0.1" not in kept
    assert Booking.objects.get().client_ip_key == ""
    assert HoldLimit.objects.count() == 3  # of the e-mail, the phone and the form


@pytest.mark.parametrize(
    ("peer", "forwarded", "counted"),
    [
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("8.8.8.8", "198.51.100.7", "8.8.8.8"),
    ],
    ids=["by our proxy", "made up before it", "no proxy", "not our proxy"],
)
def test_whose_address_counts(client, peer, forwarded, counted):
    key = idempotency_key(client.get("/book/"))
    client.post(
        "/book/",
        {**CALLER, "slot": make_slot().pk, "consent": "on", "idempotency_key": key},
        headers={"X-Forwarded-For": forwarded},
        REMOTE_ADDR=peer,
    )

    assert Booking.objects.get().client_ip_key == client_ip_key(counted)


def test_addresses_of_one_household_count_as_one():
    assert client_ip_key("2001:db8::1") == client_ip_key("2001:db8::ffff")
    assert client_ip_key("2001:db8::1") != client_ip_key("2001:db8:0:1::1")
    assert client_ip_key("not an address") == ""


@pytest.mark.parametrize(("days", "is_taken"), [(6, True), (8, False)])
def test_a_form_is_good_for_a_week_and_an_older_one_comes_back_with_all_its_words(
    client, days, is_taken
):
    slot = make_slot(starts_at=timezone.now() + timedelta(days=10))
    with time_machine.travel(timezone.now() - timedelta(days=days)):
        key = idempotency_key(client.get("/book/"))
    words = {**CALLER, "slot": slot.pk, "consent": "on"}

    response = client.post("/book/", {**words, "idempotency_key": key})

    assert response.status_code == (303 if is_taken else 422)
    assert Booking.objects.exists() is is_taken
    if not is_taken:
        assert WORDS["message"] in response.text
        again = {**words, "idempotency_key": idempotency_key(response)}
        assert client.post("/book/", again).status_code == 303


def slowly(monkeypatch):
    monkeypatch.setattr("bookings.forms.idempotency_key.LEAST_TIME", 0)


def test_a_form_that_a_person_fills_in_is_under_no_suspicion(client, monkeypatch):
    slowly(monkeypatch)
    ask_for(client, make_slot())

    assert Booking.objects.get().suspicion == ""


@pytest.mark.parametrize("address", ["/book/", "/contact/"])
def test_a_form_that_comes_within_seconds_is_flagged_and_kept(client, address):
    post(client, address, slot=make_slot().pk, consent="on")

    assert Booking.objects.get().suspicion == "too_fast"


def test_the_field_that_nobody_sees_gives_a_program_away(client, monkeypatch):
    slowly(monkeypatch)
    response = ask_for(client, make_slot(), website="https://spam.example")

    assert response.status_code == 303
    assert Booking.objects.get().suspicion == "hidden_field"
    assert OutboxMail.objects.count() == 2


def test_the_hidden_field_is_out_of_the_way_of_people(client):
    page = client.get("/book/").text

    trap = re.search(
        r'<div class="visually-hidden"[^>]*>.*?name="website".*?>', page, re.S
    )
    assert 'aria-hidden="true"' in trap.group()
    assert 'tabindex="-1"' in trap.group()
    assert 'autocomplete="off"' in trap.group()


def test_what_is_suspicious_is_not_confirmed_at_once(client):
    CallSettings.objects.update(confirm_at_once=True)

    ask_for(client, make_slot(), website="x")

    assert Booking.objects.get().state == "requested"


def test_one_of_many_from_an_address_is_flagged_kept_and_rings_no_bell():
    for number in range(suspicion.MANY + 1):
        form = {"kind": "say_hi", "email": f"{number}@example.com"}
        services.submit(make_call_request(**form, client_ip_key="somebody"))

    flagged = Booking.objects.get(suspicion="many")
    assert [mail.kind for mail in flagged.mails.all()] == ["received"]
    assert Booking.objects.count() == suspicion.MANY + 1
