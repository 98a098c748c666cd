"""The front desk's pages."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.utils import timezone

from bookings import services
from bookings.availability.slots import make_slots
from bookings.models import (
    Booking,
    BookingEvent,
    CallSettings,
    Closure,
    OutboxMail,
    Slot,
    WeeklyHours,
)
from bookings.services import transitions
from tests.admin_forms import seen_state
from tests.bookings.desk import QUEUE, decide, in_bulk, page_of, said, state
from tests.factories import (
    make_booking,
    make_clinician,
    make_hours,
    make_mail,
    make_program,
    make_slot,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clinic")]


@pytest.fixture(autouse=True)
def wednesday():
    """Four Mondays lie within the horizon, and none of them is today."""
    with time_machine.travel(datetime(2026, 7, 1, 12, tzinfo=UTC)):
        yield


@pytest.fixture
def viewer(client, django_user_model):
    """Somebody who may look and not decide."""
    user = django_user_model.objects.create_user("viewer", is_staff=True)
    views = Permission.objects.filter(codename__startswith="view_")
    user.user_permissions.set(views)
    client.force_login(user)
    return client


def test_the_queue_shows_what_the_front_desk_needs(staff_client):
    booking = make_booking(reference="REF", message="private words")

    page = staff_client.get(f"{QUEUE}?when=all").text

    for shown in ["REF", "Ada", "Discovery Call", "Requested", "Arizona time"]:
        assert shown in page
    assert "private words" not in page
    assert page_of(booking) in page


@pytest.mark.parametrize("count", [1, 20])
def test_the_queue_costs_the_same_however_long_it_is(
    staff_client, django_assert_max_num_queries, count
):
    for _ in range(count):
        make_booking()

    with django_assert_max_num_queries(19):
        staff_client.get(f"{QUEUE}?when=all")


@pytest.mark.parametrize("words", ["ada", "ada@example.com", "REF"])
def test_a_request_is_found_by_name_address_and_reference(staff_client, words):
    make_booking(reference="REF", message="hidden")
    make_booking(name="Bob", email="bob@example.com", reference="OTHER")

    page = staff_client.get(QUEUE, {"q": words})

    assert [booking.name for booking in page.context["cl"].result_list] == ["Ada"]


def test_a_request_is_not_found_by_what_its_visitor_wrote(staff_client):
    make_booking(message="hidden")

    page = staff_client.get(QUEUE, {"q": "hidden"})

    assert list(page.context["cl"].result_list) == []


@pytest.mark.parametrize(
    "query", ["state__exact=confirmed", "kind__exact=say_hi", "created_at__year=2020"]
)
def test_the_queue_can_be_filtered(staff_client, query):
    make_booking()

    page = staff_client.get(f"{QUEUE}?{query}")

    assert list(page.context["cl"].result_list) == []


def test_a_requests_page_shows_the_words_and_what_happened(staff_client, staff):
    booking = make_booking(message="private words")
    services.confirm(booking, by=staff)

    page = staff_client.get(page_of(booking)).text

    assert "private words" in page
    assert "Confirmed" in page
    assert "admin" in page


@pytest.mark.parametrize(
    ("fields", "labels"),
    [
        ({}, ["Confirm", "Decline", "Cancel"]),
        ({"state": "confirmed"}, ["Cancel"]),
        ({"state": "completed"}, []),
        ({"kind": "say_hi"}, ["Done", "Decline"]),
    ],
)
def test_a_requests_page_has_a_button_for_each_possible_decision(
    staff_client, fields, labels
):
    page = staff_client.get(page_of(make_booking(**fields)))

    assert [label for _, label in page.context["decisions"]] == labels
    assert len(re.findall("/(?:decide|decline|cancel)/", page.text)) == len(labels)


def test_a_call_that_has_begun_can_be_noted_as_held_or_missed(staff_client):
    slot = make_slot(starts_at=timezone.now() - timedelta(hours=1))
    page = staff_client.get(page_of(make_booking(slot=slot, state="confirmed")))

    labels = [label for _, label in page.context["decisions"]]
    assert labels == ["Done", "No-show", "Cancel"]


@pytest.mark.parametrize(
    ("verb", "before", "after"),
    [
        ("confirm", "requested", "confirmed"),
        ("decline", "requested", "declined"),
        ("cancel", "confirmed", "cancelled_by_clinic"),
    ],
)
def test_a_button_carries_the_decision_out(staff_client, staff, verb, before, after):
    booking = make_booking(state=before)

    response = decide(staff_client, booking, verb)

    assert response.status_code == 200
    assert state(booking) == after
    assert BookingEvent.objects.get().by == staff
    assert said(response) == [f"{booking}: {Booking.State(after).label}."]


@pytest.mark.parametrize(
    ("verb", "after"), [("complete", "completed"), ("no_show", "no_show")]
)
def test_how_a_call_went_is_noted(staff_client, verb, after):
    slot = make_slot(starts_at=timezone.now() - timedelta(hours=1))
    booking = make_booking(slot=slot, state="confirmed")

    decide(staff_client, booking, verb)

    assert state(booking) == after


@pytest.mark.parametrize("verb", ["complete", "no_show"])
def test_a_call_to_come_is_not_done_yet(staff_client, verb):
    booking = make_booking(state="confirmed")

    response = decide(staff_client, booking, verb)
    in_bulk(staff_client, Booking, verb, [booking])

    assert state(booking) == "confirmed"
    assert said(response) == [
        "Nothing was changed. The call has not begun. To call it off, cancel it."
    ]


def test_a_decision_on_a_page_that_is_out_of_date_changes_nothing(staff_client):
    booking = make_booking(version=2)

    response = decide(staff_client, booking, "confirm", version=1)

    assert state(booking) == "requested"
    assert "has changed since you opened it" in said(response)[0]


def test_a_decision_that_loses_by_a_hair_is_a_message(staff_client, monkeypatch):
    booking = make_booking()
    change = transitions._decide

    def cancelled_first(seen, *args, **kwargs):
        transitions._decide = change
        services.cancel_by_visitor(Booking.objects.get(pk=booking.pk))
        change(seen, *args, **kwargs)

    monkeypatch.setattr(transitions, "_decide", cancelled_first)
    response = decide(staff_client, booking, "confirm")

    assert state(booking) == "cancelled_by_visitor"
    assert "has changed since you opened it" in said(response)[0]


def test_a_decision_that_is_not_possible_is_a_message(staff_client):
    booking = make_booking(state="completed")

    response = decide(staff_client, booking, "confirm")

    assert state(booking) == "completed"
    assert "not possible" in said(response)[0]


@pytest.mark.parametrize("version", ["", "one", "9" * 40])
def test_a_decision_with_an_odd_version_changes_nothing(staff_client, version):
    booking = make_booking()

    decide(staff_client, booking, "confirm", version=version)

    assert state(booking) == "requested"


def test_an_unknown_decision_is_not_found(staff_client):
    assert decide(staff_client, make_booking(), "explode").status_code == 404


def test_a_decision_is_not_taken_by_a_link(staff_client):
    booking = make_booking()

    response = staff_client.get(f"{QUEUE}{booking.pk}/decide/confirm/")

    assert response.status_code == 405
    assert state(booking) == "requested"


def test_who_may_only_look_has_no_buttons_and_decides_nothing(viewer):
    booking = make_booking(message="private words")

    page = viewer.get(page_of(booking))
    response = decide(viewer, booking, "confirm")
    in_bulk(viewer, Booking, "confirm", [booking])

    assert "private words" in page.text
    assert "formaction" not in page.text
    assert response.status_code == 403
    assert state(booking) == "requested"


def test_a_visitor_cannot_decide(client):
    booking = make_booking()

    response = client.post(f"{QUEUE}{booking.pk}/decide/confirm/", {"version": 1})

    assert response.status_code == 403
    assert "Sign in" in response.text
    assert state(booking) == "requested"


@pytest.mark.parametrize("address", ["add/", "{pk}/delete/"])
def test_requests_are_neither_added_nor_deleted_by_hand(staff_client, address):
    booking = make_booking()

    response = staff_client.get(QUEUE + address.format(pk=booking.pk))

    assert response.status_code == 403


def test_a_posted_change_of_a_request_is_refused(staff_client):
    booking = make_booking()

    response = staff_client.post(
        page_of(booking), {"name": "Eve", "state": "completed"}
    )

    assert response.status_code == 403
    assert Booking.objects.get().name == "Ada"


def test_several_requests_are_confirmed_at_once_and_the_others_named(staff_client):
    new = [make_booking(), make_booking()]
    done = make_booking(state="completed")

    response = in_bulk(staff_client, Booking, "confirm", [*new, done])

    assert [state(booking) for booking in [*new, done]] == [
        "confirmed",
        "confirmed",
        "completed",
    ]
    assert said(response)[0] == "2 changed."
    assert said(response)[1].startswith("1 left as they were.")


def test_the_admins_history_holds_nothing_of_the_visitors(staff_client):
    booking = make_booking(name="Ada", message="private words")

    decide(staff_client, booking, "confirm")

    entry = LogEntry.objects.get()
    assert (entry.object_repr, entry.change_message) == (str(booking), "Confirmed.")


def test_an_enquiry_shows_its_program(staff_client):
    program = make_program(title="Stretch with us")
    booking = make_booking(kind="join_program", program=program)

    assert "Stretch with us" in staff_client.get(page_of(booking)).text


@pytest.fixture
def save(staff_client, django_capture_on_commit_callbacks):
    """Post a form as the admin does: what is to happen after the commit happens."""

    def post(address, data):
        with django_capture_on_commit_callbacks(execute=True):
            return staff_client.post(address, data)

    return post


def test_new_weekly_hours_can_be_booked_at_once(save):
    clinician = make_clinician()

    save(
        "/admin/bookings/weeklyhours/add/",
        {"clinician": clinician.pk, "weekday": 0, "starts": "9:00", "ends": "10:00"},
    )

    assert Slot.objects.filter(clinician=clinician).count() == 8


def test_weekly_hours_that_end_before_they_start_are_refused_kindly(staff_client):
    response = staff_client.post(
        "/admin/bookings/weeklyhours/add/",
        {
            "clinician": make_clinician().pk,
            "weekday": 0,
            "starts": "10:00",
            "ends": "9:00",
        },
    )

    assert "The end must be after the start." in response.text
    assert WeeklyHours.objects.count() == 0


@pytest.mark.parametrize("how", ["page", "list"])
def test_deleted_weekly_hours_can_no_longer_be_booked(save, how):
    make_hours()
    hours = make_hours(starts=time(14), ends=time(15))
    save(page_of(hours), {**hours_form(hours), "note": "x"})
    assert Slot.objects.count() == 16

    if how == "page":
        address = f"/admin/bookings/weeklyhours/{hours.pk}/delete/"
        save(address, {"post": "yes"})
    else:
        data = {"action": "delete_selected", "_selected_action": [hours.pk]}
        save("/admin/bookings/weeklyhours/", {**data, "post": "yes"})

    assert Slot.objects.count() == 8


def hours_form(hours):
    return {
        "clinician": hours.clinician_id,
        "weekday": hours.weekday,
        "starts": hours.starts,
        "ends": hours.ends,
        "seen_state": seen_state(hours),
    }


def test_a_new_closure_takes_its_days_off_the_page(save):
    make_hours()
    today = timezone.localdate()

    save(
        "/admin/bookings/closure/add/",
        {"first_day": today, "last_day": today + timedelta(days=100)},
    )

    assert Closure.objects.count() == 1
    assert Slot.objects.count() == 0


def settings_form(**fields):
    form = {
        "length_minutes": 30,
        "buffer_minutes": 0,
        "notice_hours": 24,
        "horizon_days": 28,
        "reminder_hours": 24,
        "stranger_share": 60,
        "network_calls": 20,
        "undo_seconds": 60,
        "offer_minutes": 60,
        "hold_minutes": 120,
        "message_days": 30,
        "contact_days": 180,
        "mail_days": 7,
        "consent_text": CallSettings.objects.get().consent_text,
        "seen_state": seen_state(CallSettings.objects.get()),
    }
    return {**form, **fields}


def test_new_call_settings_change_the_times_at_once(save):
    make_hours()
    address = page_of(CallSettings.objects.get())

    save(address, settings_form(length_minutes=60))

    assert Slot.objects.count() == 4


TOO_MANY = "is the most there can be"


def test_times_are_made_outside_the_transaction_that_stores_the_change(
    staff_client, django_capture_on_commit_callbacks
):
    make_hours()
    address = page_of(CallSettings.objects.get())

    with django_capture_on_commit_callbacks() as afterwards:
        staff_client.post(address, settings_form())

    assert Slot.objects.count() == 0
    assert afterwards == [make_slots]


def all_day_every_day():
    clinician = make_clinician()
    for weekday in range(7):
        make_hours(
            clinician=clinician, weekday=weekday, starts=time(0), ends=time(23, 55)
        )


def test_call_settings_that_ask_for_too_many_times_are_refused_kindly(save):
    all_day_every_day()
    address = page_of(CallSettings.objects.get())

    response = save(address, settings_form(length_minutes=5, horizon_days=366))

    assert "This would make about 105,042 call times" in response.text
    assert TOO_MANY in response.text
    assert CallSettings.objects.get().length_minutes == 30


def test_call_settings_without_a_number_are_asked_for_it(save):
    address = page_of(CallSettings.objects.get())

    response = save(address, settings_form(length_minutes=""))

    assert "This field is required." in response.text


def test_weekly_hours_that_ask_for_too_many_times_are_refused_kindly(save):
    CallSettings.objects.update(length_minutes=10, horizon_days=366)
    all_day_every_day()
    hours = WeeklyHours.objects.first()
    address = page_of(hours)

    assert TOO_MANY in save(address, hours_form(hours)).text
    assert TOO_MANY not in save(address, {**hours_form(hours), "starts": ""}).text


def test_weekly_hours_count_once_when_they_are_changed(staff_client):
    CallSettings.objects.update(length_minutes=11, horizon_days=366)
    all_day_every_day()
    hours = WeeklyHours.objects.first()

    response = staff_client.post(page_of(hours), {**hours_form(hours), "note": "x"})

    assert response.status_code == 302


def test_new_words_of_consent_get_a_new_version(staff_client):
    address = page_of(CallSettings.objects.get())

    staff_client.post(address, settings_form())
    assert CallSettings.objects.get().consent_version == 1

    staff_client.post(address, settings_form(consent_text="Other words."))
    assert CallSettings.objects.get().consent_version == 2


def test_call_settings_are_one_row_that_stays(staff_client):
    settings = CallSettings.objects.get()

    assert staff_client.get("/admin/bookings/callsettings/add/").status_code == 403
    address = f"/admin/bookings/callsettings/{settings.pk}/delete/"
    assert staff_client.get(address).status_code == 403


def test_call_settings_can_be_made_when_there_are_none(staff_client):
    form = settings_form()
    CallSettings.objects.all().delete()

    staff_client.post("/admin/bookings/callsettings/add/", form)

    assert CallSettings.objects.get().consent_version == 1


@pytest.fixture
def two_slots():
    CallSettings.objects.update(horizon_days=7)
    make_hours()
    make_slots()
    return list(Slot.objects.all())


def states():
    return list(Slot.objects.values_list("state", flat=True))


def test_single_times_are_blocked_and_opened_again(staff_client, two_slots):
    in_bulk(staff_client, Slot, "block", two_slots[:1])
    assert states() == ["blocked", "open"]

    in_bulk(staff_client, Slot, "open", two_slots)
    assert states() == ["open", "open"]


def test_a_blocked_time_that_the_hours_no_longer_give_is_not_offered_when_opened(
    staff_client, two_slots
):
    in_bulk(staff_client, Slot, "block", two_slots)
    WeeklyHours.objects.all().delete()

    in_bulk(staff_client, Slot, "open", two_slots)

    assert states() == []


@pytest.mark.parametrize("action", ["open", "block"])
def test_a_withdrawn_time_is_neither_opened_nor_blocked_by_hand(staff_client, action):
    slot = make_booking(slot=make_slot(state="withdrawn")).slot

    in_bulk(staff_client, Slot, action, [slot])

    assert states() == ["withdrawn"]


def test_the_list_of_times_says_which_are_free(staff_client):
    make_booking()
    make_slot()
    make_slot(starts_at=timezone.now() - timedelta(days=1))

    page = staff_client.get("/admin/bookings/slot/")

    assert page.text.count('alt="True"') == 1
    assert page.text.count('alt="False"') == 1


def test_failed_mail_shows_its_reason_and_is_sent_again(staff_client):
    mail = make_mail(state="failed", last_error="SMTPRecipientsRefused 550")

    page = staff_client.get("/admin/bookings/outboxmail/")
    in_bulk(staff_client, OutboxMail, "send_again", [mail])

    assert "SMTPRecipientsRefused 550" in page.text
    assert OutboxMail.objects.get().state == "waiting"


@pytest.mark.parametrize("model", [Slot, OutboxMail])
def test_times_and_mail_are_not_edited_by_hand(staff_client, model):
    row = make_mail() if model is OutboxMail else make_slot()
    address = page_of(row)

    assert staff_client.get(address).status_code == 200
    assert staff_client.post(address, {}).status_code == 403
    assert staff_client.get(address.replace("change", "delete")).status_code == 403


def test_what_happened_says_when_on_the_clinics_clock(staff_client, staff):
    booking = make_booking()
    with time_machine.travel(datetime(2026, 1, 5, 16, 30, tzinfo=UTC), tick=False):
        services.confirm(booking, by=staff)

    page = staff_client.get(page_of(booking)).text

    assert "Monday, January 5, 2026 at 9:30 AM Arizona time" in page
