"""The front desk books for somebody who is on the phone."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from bookings import services
from bookings.exceptions import NotPossible, SlotTaken
from bookings.forms.idempotency_key import make_idempotency_key
from bookings.models import (
    AppointmentKind,
    Booking,
    BookingNote,
    CallSettings,
    HoldLimit,
    OutboxMail,
    Slot,
)
from bookings.services import limits
from tests.bookings.desk import QUEUE, said
from tests.bookings.posting import idempotency_key
from tests.factories import (
    make_booking,
    make_call_request,
    make_call_settings,
    make_clinic,
    make_clinician,
    make_slot,
)

pytestmark = pytest.mark.django_db

NEW = f"{QUEUE}new/"
ROSA = {"name": "Rosa Peña", "phone": "602 555 0123", "email": "", "agreed": "on"}
NOW = datetime(2026, 7, 1, 19, tzinfo=UTC)  # noon in Phoenix


@pytest.fixture(autouse=True)
def noon():
    make_clinic(email="desk@example.com")
    make_call_settings()
    with time_machine.travel(NOW, tick=False):
        yield


def book(client, **fields):
    key = idempotency_key(client.get(NEW))
    return client.post(NEW, {**ROSA, "idempotency_key": key, **fields}, follow=True)


def wrong(response):
    assert response.status_code in (409, 422)
    assert not Booking.objects.filter(name="Rosa Peña").exists()
    return [
        line for lines in response.context["form"].errors.values() for line in lines
    ]


def another(**fields):
    given = {"day": "2026-07-03", "time": "6:15 pm", "reason": "Works all day"}
    return given | {"clinician": make_clinician().pk} | fields


def test_a_call_is_booked_at_a_free_time_with_a_phone_number_alone(staff_client):
    slot = make_slot()

    page = book(staff_client, slot=slot.pk, note="Prefers to be called Rosie.")

    booking = Booking.objects.get()
    assert (booking.slot, booking.state, booking.email) == (slot, "confirmed", "")
    assert booking.phone.as_national == "(602) 555-0123"
    assert booking.consent_version == 1
    assert said(page) == [f"{booking}: booked and confirmed."]
    assert BookingNote.objects.get().text == "Prefers to be called Rosie."
    event = booking.events.get()
    assert (str(event), event.by_name, event.version) == ("Booked by staff", "admin", 1)


def test_with_an_e_mail_the_confirmation_waits_until_it_cannot_be_undone(staff_client):
    book(staff_client, slot=make_slot().pk, email="rosa@example.com")

    (mail,) = OutboxMail.objects.all()
    assert (mail.kind, mail.version) == ("confirmed", 1)
    assert mail.next_attempt_at == NOW + timedelta(seconds=60)


def test_without_an_e_mail_no_mail_is_owed(staff_client):
    book(staff_client, slot=make_slot().pk)

    assert not OutboxMail.objects.exists()


def test_an_e_mail_alone_is_enough_where_the_clinic_does_not_call(staff_client):
    AppointmentKind.objects.create(mode="video", video_url="https://video.example/")

    book(staff_client, slot=make_slot().pk, phone="", email="rosa@example.com")

    assert Booking.objects.get().phone == ""


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"phone": ""}, "We call the visitor, so that a phone number is needed."),
        ({"phone": "12"}, "Give a phone number with its area code."),
        ({"name": ""}, "Give a name."),
        ({"agreed": ""}, "Read the words to them first, and tick the box."),
        ({"slot": ""}, "Choose a free time, or give another one below."),
        ({"slot": "999999"}, "There is no such time. Choose another one."),
        ({"email": "rosa@@example.com"}, "An e-mail address has one @ sign, and this has more. Take out what is too much."),
    ],
    ids=lambda each: str(each)[:30],
)  # fmt: skip
def test_what_is_missing_is_asked_for(staff_client, fields, words):
    response = book(staff_client, **{"slot": make_slot().pk, **fields})

    assert wrong(response) == [words]


def test_who_gives_neither_phone_nor_e_mail_cannot_be_reached(staff_client):
    AppointmentKind.objects.create(mode="video", video_url="https://video.example/")

    response = book(staff_client, slot=make_slot().pk, phone="")

    assert wrong(response) == ["Give a phone number or an e-mail address. One is enough."]  # fmt: skip


def test_a_time_that_somebody_took_meanwhile_is_a_message_with_every_word(staff_client):
    slot = make_slot()
    make_booking(slot=slot)

    response = book(staff_client, slot=slot.pk, note="Left knee.")

    assert wrong(response) == ["This time has just gone. Choose another one."]
    for typed in ["Rosa Peña", "602 555 0123", "Left knee."]:
        assert typed in response.text


def test_the_same_form_twice_is_one_booking(staff_client):
    data = {**ROSA, "idempotency_key": idempotency_key(staff_client.get(NEW))}
    data["slot"] = make_slot().pk

    for _ in range(2):
        assert staff_client.post(NEW, data).status_code == 302

    assert Booking.objects.count() == 1


def test_no_limit_of_three_binds_staff_and_their_calls_count_for_the_visitor(
    staff_client,
):
    for _ in range(4):
        book(staff_client, slot=make_slot().pk)

    asked = services.submit(make_call_request(slot=make_slot(), phone="+16025550123"))

    assert Booking.objects.filter(state="confirmed").count() == 4
    assert HoldLimit.objects.count() == 3
    assert asked.is_call_back


@pytest.mark.parametrize("typed", ["6:15 pm", "6.15PM", "18:15", "6:15 p.m."])
def test_another_time_can_be_given_for_a_reason(staff_client, typed):
    book(staff_client, slot="", **another(time=typed))

    booking = Booking.objects.get()
    assert booking.slot.starts_at == datetime(2026, 7, 4, 1, 15, tzinfo=UTC)
    assert booking.slot.ends_at - booking.slot.starts_at == timedelta(minutes=30)
    assert booking.slot.state == "assigned"
    assert booking.notes.get().text == "Why this time: Works all day"
    assert not Booking.objects.outside_hours().exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"reason": ""}, "Say why, in a word or two: this time is not one of the free ones."),
        ({"day": ""}, "Give the day too."),
        ({"time": ""}, "Give the time too."),
        ({"time": "soon"}, "Type a time such as 1 pm, 8:30 am or 13:00."),
        ({"time": "8"}, "Type a time such as 1 pm, 8:30 am or 13:00."),
        ({"day": "2026-06-30"}, "This time has gone by."),
        ({"day": "9999-12-31", "time": "11:45 pm"}, "Check the year. The last day that can be given is August 5, 2027."),
        ({"day": "0001-01-01"}, "Check the year. The last day that can be given is August 5, 2027."),
    ],
    ids=lambda each: str(each)[:30],
)  # fmt: skip
def test_another_time_needs_all_of_it(staff_client, fields, words):
    assert wrong(book(staff_client, slot="", **another(**fields))) == [words]


def test_another_time_and_a_free_one_are_one_too_many(staff_client):
    response = book(staff_client, slot=make_slot().pk, **another())

    assert wrong(response) == ["You chose a free time and gave another one. Take one of them out."]  # fmt: skip


def test_another_time_never_overlaps_a_call_and_takes_free_ones_off_the_list(
    staff_client,
):
    who = make_clinician()
    starts = NOW + timedelta(days=2)
    free = make_slot(clinician=who, starts_at=starts)
    held = make_slot(clinician=who, starts_at=starts + timedelta(hours=1))
    make_booking(slot=held)

    def at(minutes):
        local = starts - timedelta(hours=7) + timedelta(minutes=minutes)
        return another(
            clinician=who.pk, day=local.date(), time=f"{local:%H:%M}", slot=""
        )

    assert wrong(book(staff_client, **at(45))) == ["This time has just gone. Choose another one."]  # fmt: skip
    free.refresh_from_db()
    assert free.state == "open"
    book(staff_client, **at(15))

    free.refresh_from_db()
    assert free.state == "withdrawn"
    assert Booking.objects.get(name="Rosa Peña").slot.starts_at == starts + timedelta(
        minutes=15
    )


def test_a_blocked_time_stays_blocked(staff_client):
    who = make_clinician()
    slot = make_slot(clinician=who, starts_at=NOW + timedelta(days=2), state="blocked")

    fields = another(clinician=who.pk, day="2026-07-03", time="12:10", slot="")
    response = book(staff_client, **fields)

    assert "You have blocked this time." in wrong(response)[0]
    assert not Slot.objects.filter(state="assigned").exists()
    assert slot.state == "blocked"


def test_an_old_request_is_booked_again_with_who_it_was_and_what_else_they_asked(
    staff_client,
):
    old = make_booking(name="Rosa Peña", phone="+16025550123", state="completed")
    older = make_booking(name="Rosa", phone="+16025550123", email="r@example.com")
    stranger = make_booking(name="Bob", email="bob@example.com")

    page = staff_client.get(f"{NEW}?again={old.pk}").text

    assert 'value="Rosa Peña"' in page
    assert 'value="+1 602-555-0123"' in page
    assert older.reference in page
    assert stranger.reference not in page


def test_a_requests_page_shows_what_else_the_person_asked(staff_client):
    one = make_booking(email="ada@example.com", email_key="k", state="completed")
    two = make_booking(email="ADA@example.com", email_key="k")
    other = make_booking(email="bob@example.com", email_key="b")

    page = staff_client.get(f"{QUEUE}{two.pk}/change/").text

    assert one.reference in page
    assert other.reference not in page


def test_it_can_be_found_by_phone_in_any_writing_and_by_name_without_accents(
    staff_client,
):
    book(staff_client, slot=make_slot().pk)
    make_booking(name="Bob", email="bob@example.com", phone="+16025559999")
    found = {}
    for text in ["(602) 555-0123", "6025550123", "602.555.0123", "+1 602 555 0123", "1-602-555-0123", "555 0123", "5550123 ext. 4", "rosa pena", "PEÑA", "peña rosa", "0123", "\u202a+1 (602) 555-0123\u202c", "tel:+16025550123", "011 1 602 555 0123", "00 1 (0)602 555 0123"]:  # fmt: skip
        page = staff_client.get(QUEUE, {"q": text})
        found[text] = [row.name for row in page.context["cl"].result_list]

    assert {text for text, names in found.items() if names != ["Rosa Peña"]} == set()


@pytest.mark.parametrize(
    ("name", "typed"), [("Łukasz Sørensen", "lukasz sorensen"), ("Çağlayan I\u015f\u0131k", "caglayan isik"), ("Zoë O'Brien", "zoe obrien")]
)  # fmt: skip
def test_a_name_is_found_from_a_keyboard_without_its_letters(staff_client, name, typed):
    book(staff_client, slot=make_slot().pk, name=name)
    make_booking(name="Bob")

    page = staff_client.get(QUEUE, {"q": typed})

    assert [row.name for row in page.context["cl"].result_list] == [name]


@pytest.mark.parametrize(
    "typed", [{"phone": "(602) 555-0123 "}, {"email": "A.da+knee@gmail.com", "phone": "60"}]
)  # fmt: skip
def test_what_somebody_asked_before_is_shown_while_they_are_on_the_phone(
    staff_client, typed
):
    key = limits.email_key("mailbox", "ada@gmail.com")
    old = make_booking(phone="+16025550123", email_key=key, state="completed")
    stranger = make_booking(name="Bob", email="bob@example.com")

    page = staff_client.post(NEW, {"name": "Ada", **typed, "_earlier": "1"})

    assert page.status_code == 200
    assert [each.reference for each in page.context["earlier"]] == [old.reference]
    assert stranger.reference not in page.text
    assert 'value="Ada"' in page.text


def test_that_somebody_asked_nothing_before_is_said(staff_client):
    make_booking()

    page = staff_client.post(NEW, {**ROSA, "_earlier": "1"})

    assert "No other request from this phone number" in page.text


def test_who_booked_stands_in_the_history_of_the_admin(staff_client):
    book(staff_client, slot=make_slot().pk)

    page = staff_client.get(f"{QUEUE}{Booking.objects.get().pk}/history/")

    assert "Booked by staff." in page.text


def test_a_visitor_and_staff_never_both_have_a_time(staff):
    slot = make_slot()
    services.submit(make_call_request(slot=slot))

    with pytest.raises(SlotTaken):
        services.submit(make_call_request(slot=slot, booked_by=staff))


def test_a_time_of_staffs_own_choice_that_is_cancelled_is_in_nobodys_way(staff):
    starts, who = timezone.now() + timedelta(days=2), make_clinician()
    own = Slot(clinician=who, starts_at=starts, ends_at=starts + timedelta(minutes=30), state="assigned")  # fmt: skip
    booking = services.submit(make_call_request(slot=own, booked_by=staff))
    services.cancel_by_clinic(booking, by=staff)
    free = make_slot(clinician=who, starts_at=starts)

    taken = services.submit(make_call_request(slot=free, email="b@example.com"))

    assert taken.slot == free
    with pytest.raises((SlotTaken, NotPossible)):
        services.take_back(booking, by=staff)


def test_looking_at_later_days_keeps_every_typed_word(staff_client):
    make_slot(starts_at=NOW + timedelta(days=2))
    late = make_slot(starts_at=NOW + timedelta(days=20))
    key = idempotency_key(staff_client.get(NEW))
    typed = {**ROSA, "note": "Left knee.", "time": "6 pm", "idempotency_key": key}

    page = staff_client.post(NEW, {**typed, "from": "2026-07-20"})

    assert page.status_code == 200
    assert f'id="slot-{late.pk}"' in page.text
    assert "July 3" not in page.text
    for words in ["Rosa Peña", "602 555 0123", "Left knee.", "6 pm", key]:
        assert words in page.text
    assert "errorlist" not in page.text


def test_a_form_that_was_sent_before_with_other_words_is_asked_again_with_every_word(
    staff_client,
):
    first, second = make_slot(), make_slot()
    key = idempotency_key(staff_client.get(NEW))
    staff_client.post(NEW, {**ROSA, "idempotency_key": key, "slot": first.pk})

    typed = {**ROSA, "idempotency_key": key, "slot": second.pk, "note": "Left knee."}
    asked = staff_client.post(NEW, typed)

    assert asked.status_code == 422
    assert "that request is in the queue" in asked.text
    assert "Left knee." in asked.text
    again = {**typed, "idempotency_key": idempotency_key(asked)}
    assert staff_client.post(NEW, again).status_code == 302
    assert Booking.objects.count() == 2


def test_a_form_that_was_open_for_too_long_can_be_sent_again(staff_client):
    with time_machine.travel(NOW - timedelta(days=8), tick=False):
        key = make_idempotency_key(consent_version=1)
    typed = {**ROSA, "idempotency_key": key, "slot": make_slot().pk}

    asked = staff_client.post(NEW, typed)
    again = {**typed, "idempotency_key": idempotency_key(asked)}
    answer = staff_client.post(NEW, again)

    assert (asked.status_code, answer.status_code) == (422, 302)
    assert "Rosa Peña" in asked.text


def test_nobody_agrees_to_words_that_they_were_not_read(staff_client):
    slot = make_slot()
    typed = {**ROSA, "slot": slot.pk, "note": "Left knee."}
    typed["idempotency_key"] = idempotency_key(staff_client.get(NEW))
    CallSettings.objects.update(consent_text="Other words.", consent_version=2)

    asked = staff_client.post(NEW, typed)

    assert wrong(asked) == ["These words have changed. Read them to them again, and tick the box again."]  # fmt: skip
    for shown in ["Other words.", "Rosa Peña", "Left knee."]:
        assert shown in asked.text
    assert 'name="agreed" checked' not in asked.text
    again = {**typed, "idempotency_key": idempotency_key(asked)}
    assert staff_client.post(NEW, again).status_code == 302
    assert Booking.objects.get().consent_version == 2


@pytest.mark.parametrize("clinician", ["0", "abc", "9" * 23])
@pytest.mark.parametrize(
    "more", [{"day": "2026-07-02"}, {"time": "1 pm"}, {"reason": "Asked so."}], ids=str
)
def test_a_clinician_who_cannot_be_chosen_is_told_and_the_words_stay(
    staff_client, clinician, more
):
    make_clinician()

    answer = book(staff_client, slot="", clinician=clinician, **more)

    assert wrong(answer)
    assert "Rosa Peña" in answer.text
