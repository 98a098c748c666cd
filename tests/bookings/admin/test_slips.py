"""The front desk's slips: asked once, undone within a minute, corrected later."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.utils import timezone

from bookings import services
from bookings.mail import outbox
from bookings.models import Booking, BookingEvent, OutboxMail
from bookings.privacy.personal_data import as_seen
from tests.bookings.desk import QUEUE, decide, in_bulk, page_of, said, state
from tests.factories import (
    make_booking,
    make_call_settings,
    make_clinic,
    make_mail,
    make_slot,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clinic():
    make_call_settings()
    return make_clinic(email="desk@example.com")


@pytest.fixture
def colleague(django_user_model):
    return django_user_model.objects.create_user("colleague", is_staff=True)


def undo(client, booking, version=None):
    data = {"version": booking.version + 1 if version is None else version}
    return client.post(f"{QUEUE}{booking.pk}/undo/", data, follow=True)


@pytest.mark.parametrize("place", ["list", "page"])
def test_a_press_can_be_undone_where_it_was_made(staff_client, place):
    booking = make_booking(name="Rosa")
    decide(staff_client, booking, "confirm")

    url = f"{QUEUE}?when=all" if place == "list" else page_of(booking)
    page = staff_client.get(url).text
    answer = undo(staff_client, booking)

    assert f"{booking.reference}, Rosa: Confirmed. The mail goes out in" in page
    assert re.search(r'<undo-countdown seconds="(5\d|60)">', page)
    assert said(answer) == [f"{booking}: Undone. It is as it was before."]
    assert state(booking) == "requested"


def test_without_a_script_the_time_of_day_says_until_when(staff_client):
    booking = make_booking()
    with time_machine.travel("2026-07-01T19:00:30+00:00", tick=False):
        decide(staff_client, booking, "confirm")
        page = staff_client.get(f"{QUEUE}?when=all").text

    assert "seconds, at 12:01:30 PM." in page


def test_a_decision_about_many_is_one_slip_and_one_press_undoes_it(staff_client):
    bookings = [make_booking(email=f"v{n}@example.com") for n in range(23)]
    in_bulk(staff_client, Booking, "decline", bookings)

    page = staff_client.get(f"{QUEUE}?when=all").text
    data = {"press": re.findall(r'name="press" value="(\d+)"', page)}
    data |= dict(re.findall(r'name="(version_\d+)" value="(\d+)"', page))
    answer = staff_client.post(f"{QUEUE}undo_all/", data, follow=True)

    assert "Undo all 23" in page
    assert said(answer) == ["23 undone."]
    assert {state(booking) for booking in bookings} == {"requested"}
    assert not OutboxMail.objects.exclude(state="aborted").exists()


def test_of_many_those_that_changed_meanwhile_are_left_as_they_are(
    staff_client, colleague
):
    one, two = make_booking(), make_booking(email="b@example.com")
    in_bulk(staff_client, Booking, "confirm", [one, two])
    services.cancel_by_clinic(Booking.objects.get(pk=two.pk), by=colleague)

    data = {"press": [one.pk, two.pk, "x"], f"version_{one.pk}": 2, f"version_{two.pk}": 2}  # fmt: skip
    answer = staff_client.post(f"{QUEUE}undo_all/", data, follow=True)

    assert [words.split(".")[0] for words in said(answer)] == ["1 undone", "1 left as they were"]  # fmt: skip
    assert (state(one), state(two)) == ("requested", "cancelled_by_clinic")


def test_who_may_only_look_undoes_nothing(client, colleague):
    colleague.user_permissions.add(Permission.objects.get(codename="view_booking"))
    client.force_login(colleague)

    assert client.post(f"{QUEUE}undo_all/").status_code == 403


def test_an_undo_in_the_queue_leads_back_to_its_tab(staff_client):
    booking = make_booking()
    decide(staff_client, booking, "confirm")
    page = staff_client.get(f"{QUEUE}?when=coming").text

    answer = staff_client.post(
        f"{QUEUE}{booking.pk}/undo/", {"version": 2, "back": "?when=coming"}
    )

    assert 'name="back" value="?when=coming"' in page
    assert answer.url == f"{QUEUE}?when=coming"


def test_after_the_minute_nothing_is_offered_to_undo(staff_client):
    booking = make_booking()
    decide(staff_client, booking, "confirm")

    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        page = staff_client.get(f"{QUEUE}?when=all").text
        answer = undo(staff_client, booking)

    assert "undo-countdown seconds" not in page
    assert "It is too late to undo this" in said(answer)[0]
    assert state(booking) == "confirmed"


def test_who_undoes_what_was_told_already_is_told_so(staff_client, mailoutbox):
    booking = make_booking()
    decide(staff_client, booking, "decline")

    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        outbox.deliver()
        answer = undo(staff_client, booking)

    assert len(mailoutbox) == 1
    assert "Undone. The mail about it had gone out already." in said(answer)[0]
    assert state(booking) == "requested"


def test_what_a_colleague_pressed_is_not_among_mine(staff_client, colleague):
    booking = make_booking()
    services.confirm(booking, by=colleague)

    assert "undo-countdown seconds" not in staff_client.get(f"{QUEUE}?when=all").text


def test_an_undo_of_a_page_that_is_out_of_date_changes_nothing(staff_client):
    booking = make_booking()
    decide(staff_client, booking, "confirm")

    answer = undo(staff_client, booking, version=1)

    assert "The request has changed since you opened it" in said(answer)[0]
    assert state(booking) == "confirmed"


def test_a_time_that_was_given_away_is_named_as_the_reason(staff_client, staff):
    booking = make_booking(state="confirmed")
    services.cancel_by_clinic(booking, by=staff)
    make_booking(slot=booking.slot, email="b@example.com")

    answer = undo(staff_client, booking, version=2)

    assert said(answer) == ["Nothing was changed. Somebody else has the time by now."]


def test_a_no_show_by_mistake_is_taken_back_on_its_page_days_later(staff_client):
    slot = make_slot(starts_at=timezone.now() - timedelta(hours=1))
    booking = make_booking(slot=slot, state="confirmed")
    decide(staff_client, booking, "no_show")

    BookingEvent.objects.update(at=timezone.now() - timedelta(days=2))
    page = staff_client.get(page_of(booking)).text
    undo(staff_client, booking)

    assert 'value="Take back: No-show"' in page
    assert state(booking) == "confirmed"


@pytest.mark.parametrize("verb", ["cancel", "decline"])
def test_calling_off_asks_once_with_the_visitors_name(staff_client, verb):
    booking = make_booking(name="Rosa")

    request_page = staff_client.get(page_of(booking)).text
    page = staff_client.get(f"{QUEUE}{booking.pk}/{verb}/").text

    assert f'href="{QUEUE}{booking.pk}/{verb}/"' in request_page
    assert f"/decide/{verb}/" not in request_page
    assert "Rosa gets a kind mail" in page
    assert state(booking) == "requested"


@pytest.mark.parametrize("page", ["cancel", "move", "note"])
def test_whoever_is_to_be_called_stands_there_with_the_number(staff_client, page):
    booking = make_booking(phone="+16025550123", email="")

    text = staff_client.get(f"{QUEUE}{booking.pk}/{page}/").text

    assert '<a href="tel:+1-602-555-0123">(602) 555-0123</a>' in text


def test_a_mail_link_is_to_the_visitor_and_to_nobody_else(staff_client):
    booking = make_booking(email="ada?bcc=bob@example.com")

    text = staff_client.get(page_of(booking)).text

    assert 'href="mailto:ada%3Fbcc%3Dbob@example.com"' in text


@pytest.mark.parametrize("verb", ["cancel", "decline"])
def test_a_line_of_ones_own_stands_in_the_mail(staff_client, mailoutbox, verb):
    booking = make_booking()

    decide(staff_client, booking, verb, line="Nick is away & back on Monday.")
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        outbox.deliver()

    (mail,) = mailoutbox
    assert "Nick is away & back on Monday." in mail.body
    assert "Nick is away &amp; back on Monday." in mail.alternatives[0].content


def test_a_line_that_is_too_long_comes_back_and_nothing_is_decided(staff_client):
    booking = make_booking()

    page = decide(staff_client, booking, "cancel", line="Nick is away. " * 30)

    assert page.status_code == 422
    assert "Write at most 300 characters. This has 419." in page.text
    assert page.text.count("Nick is away.") == 30
    assert state(booking) == "requested"


@pytest.mark.parametrize("verb", ["decline", "cancel"])
def test_a_line_for_what_changed_meanwhile_comes_back_beside_how_it_stands(
    staff_client, colleague, verb
):
    booking = make_booking()
    services.correct_contact(Booking.objects.get(), name="Ada Moved", email="ada@example.com", phone="", by=colleague)  # fmt: skip

    page = decide(staff_client, booking, verb, line="Nick is away.")

    assert page.status_code == 409
    assert "Nothing was changed. The request has changed" in page.text
    assert "Nick is away." in page.text
    assert "Ada Moved" in page.text
    assert state(booking) == "requested"
    booking.refresh_from_db()
    decide(staff_client, booking, verb, line="Nick is away.")
    assert state(booking) != "requested"


def test_the_line_is_deleted_with_what_the_visitor_wrote(staff_client):
    booking = make_booking()
    decide(staff_client, booking, "cancel", line="Nick is away.")

    seen = as_seen(Booking.objects.all())
    person = {"email": booking.email, "phone": "", "erase": "1", "seen": seen}
    staff_client.post(f"{QUEUE}person/", person)

    assert OutboxMail.objects.get().text == ""


@pytest.mark.parametrize(
    ("verb", "mails", "words"),
    [
        ("decline", 2, "2 mails will be sent to visitors."),
        ("confirm", 2, "2 mails will be sent to visitors."),
        ("complete", 0, "No mail is sent."),
    ],
)
def test_a_decision_about_many_asks_first_and_says_how_many_mails_go(
    staff_client, verb, mails, words
):
    bookings = [
        make_booking(name="Rosa"),
        make_booking(name="Bob", email="", phone="+16025550123"),
        make_booking(name="Cleo", email="cleo@example.com"),
    ]

    page = in_bulk(staff_client, Booking, verb, bookings, sure=False)

    assert words in page.text
    assert [name for name in ["Rosa", "Bob", "Cleo"] if name not in page.text] == []
    assert {state(booking) for booking in bookings} == {"requested"}
    form = dict(re.findall(r'name="(version_\d+)" value="(\d+)"', page.text))
    chosen = [booking.pk for booking in bookings]
    sure = {"action": verb, "sure": "Yes", "_selected_action": chosen, **form}
    staff_client.post(QUEUE, sure, follow=True)
    assert OutboxMail.objects.count() == mails


def test_what_changed_while_staff_were_asked_is_left_alone(staff_client, colleague):
    booking = make_booking()
    page = in_bulk(staff_client, Booking, "decline", [booking], sure=False)
    form = dict(re.findall(r'name="(version_\d+)" value="(\d+)"', page.text))
    services.confirm(Booking.objects.get(), by=colleague)

    data = {"action": "decline", "sure": "Yes", "_selected_action": [booking.pk]}
    answer = staff_client.post(QUEUE, {**data, **form}, follow=True)

    assert "1 left as they were." in said(answer)[0]
    assert state(booking) == "confirmed"


def contact(client, booking, **fields):
    data = {"name": "Ada", "email": "ada@example.com", "phone": "602-555-0123"}
    data |= {"version": booking.version, **fields}
    return client.post(f"{QUEUE}{booking.pk}/contact/", data, follow=True)


def test_contact_details_are_corrected_on_a_page_of_their_own(staff_client):
    booking = make_booking(email="ada@exmple.com")
    make_mail(booking=booking, kind="received", state="failed", last_error="X 550")
    assert "ada@exmple.com" in staff_client.get(f"{QUEUE}{booking.pk}/contact/").text

    answer = contact(staff_client, booking)

    booking.refresh_from_db()
    assert booking.email == "ada@example.com"
    assert booking.mails.get().state == "waiting"
    assert "Contact details corrected." in said(answer)[0]
    assert "Contact details corrected" in staff_client.get(page_of(booking)).text


@pytest.mark.parametrize(
    ("fields", "words", "status"),
    [
        ({"name": ""}, "Give a name.", 422),
        ({"email": "ada"}, "Enter a valid email address.", 422),
        ({"phone": ""}, "We call the visitor, so that a phone number is needed.", 422),
        ({"version": 7}, "The request has changed since you opened it.", 409),
    ],
    ids=str,
)
def test_a_wrong_correction_comes_back_with_what_was_typed(
    staff_client, fields, words, status
):
    booking = make_booking()

    page = contact(staff_client, booking, **{"email": "new@example.com", **fields})

    assert page.status_code == status
    assert words in page.text
    assert Booking.objects.get().email == "ada@example.com"


def test_the_list_of_mail_says_whom_it_goes_to_and_that_nobody_is_known(
    staff_client, clinic
):
    clinic.email = ""
    clinic.save()
    make_mail(kind="confirmed")
    make_mail(kind="new_request")
    outbox.deliver()

    page = staff_client.get("/admin/bookings/outboxmail/").text

    assert "ada@example.com" in page
    assert "nobody: no address is known" in page
    assert "There is nobody to send it to." in page


def test_a_mails_page_shows_its_times_on_the_clinics_clock(staff_client):
    mail = make_mail(kind="confirmed")

    page = staff_client.get(page_of(mail)).text

    assert page.count("Arizona time (MST)") == 3
