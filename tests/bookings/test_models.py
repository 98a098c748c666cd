from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from bookings.models import (
    Booking,
    BookingEvent,
    CallSettings,
    Closure,
    OutboxMail,
    Slot,
)
from bookings.states import ACTIVE_STATES, State
from tests.factories import (
    make_booking,
    make_call_settings,
    make_hours,
    make_mail,
    make_program,
    make_slot,
)

pytestmark = pytest.mark.django_db

PHOENIX = ZoneInfo("America/Phoenix")


def bookable(**rules):
    return list(Slot.objects.bookable(CallSettings(**rules), PHOENIX))


def refuses(constraint):
    """The database refuses what is done here, and names ``constraint`` or, on SQLite, its columns."""
    return pytest.raises(IntegrityError, match=constraint)


@pytest.mark.parametrize("state", ACTIVE_STATES)
def test_a_slot_that_a_request_holds_takes_no_second_one(state):
    slot = make_slot()
    make_booking(slot=slot, state=state)

    with refuses("one_open_booking_per_slot|bookings_booking.slot_id"):
        make_booking(slot=slot)


@pytest.mark.parametrize("state", sorted(set(State) - set(ACTIVE_STATES)))
def test_a_slot_that_no_request_holds_any_more_takes_another(state):
    slot = make_slot()
    make_booking(slot=slot, state=state)

    make_booking(slot=slot)

    assert slot.bookings.count() == 2


def test_a_form_is_stored_once():
    make_booking(idempotency_key="key")

    with refuses("a_form_is_stored_once|idempotency_key"):
        make_booking(idempotency_key="key")


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"slot": None}, "a_call_has_a_slot_and_an_enquiry_has_none"),
        ({"kind": "join_program"}, "exactly_a_request_to_join_has_a_program"),
        ({"consented_at": None}, "whoever_asks_for_a_call_has_agreed"),
        ({"kind": "something"}, "booking_kind_is_known"),
        ({"state": "somehow"}, "booking_state_is_known"),
    ],
)
def test_the_database_refuses_a_request_that_makes_no_sense(fields, constraint):
    with refuses(constraint):
        make_booking(**fields)


def test_only_a_call_has_a_slot():
    with refuses("a_call_has_a_slot_and_an_enquiry_has_none"):
        make_booking(kind="say_hi", slot=make_slot())


def test_only_a_request_to_join_has_a_program():
    with refuses("exactly_a_request_to_join_has_a_program"):
        make_booking(kind="say_hi", program=make_program())


def test_a_clinician_has_one_slot_at_a_time():
    slot = make_slot()

    with refuses("a_clinician_has_one_slot_at_a_time|starts_at"):
        make_slot(clinician=slot.clinician, starts_at=slot.starts_at)


def test_a_slot_ends_after_it_starts():
    now = timezone.now()

    with refuses("slot_ends_after_it_starts"):
        make_slot(starts_at=now, ends_at=now)


def test_a_slot_is_open_blocked_or_withdrawn():
    with refuses("slot_state_is_known"):
        make_slot(state="perhaps")


def test_weeklyhours_end_after_they_start():
    with refuses("weeklyhours_end_after_they_start"):
        make_hours(starts=time(10), ends=time(10))


def test_weekly_hours_are_on_a_day_of_the_week():
    with refuses("weekly_hours_are_on_a_day_of_the_week"):
        make_hours(weekday=7)


def test_a_closure_does_not_end_before_it_starts():
    with refuses("closure_ends_after_it_starts"):
        Closure.objects.create(first_day=date(2026, 7, 2), last_day=date(2026, 7, 1))


def test_there_is_one_row_of_call_settings():
    with refuses("there_is_one_row_of_call_settings"):
        make_call_settings(pk=2)


def test_a_call_takes_time():
    with refuses("a_call_takes_time"):
        make_call_settings(length_minutes=0)


def test_a_request_has_one_event_per_version():
    booking = make_booking()
    BookingEvent.objects.create(booking=booking, to_state="requested", version=1)

    with refuses("a_booking_has_one_event_per_version|version"):
        BookingEvent.objects.create(booking=booking, to_state="confirmed", version=1)


def test_a_change_is_told_once_by_each_kind_of_mail():
    mail = make_mail()

    with refuses("a_change_is_told_once_by_each_kind_of_mail|version"):
        make_mail(booking=mail.booking)


def test_a_slot_that_was_asked_for_cannot_be_deleted():
    booking = make_booking()

    with pytest.raises(IntegrityError), transaction.atomic():
        booking.slot.delete()

    assert Slot.objects.count() == 1


def test_an_open_slot_between_notice_and_horizon_can_be_booked():
    slot = make_slot()

    assert bookable() == [slot]


def test_a_past_slot_cannot_be_booked():
    make_slot(starts_at=timezone.now() - timedelta(minutes=1))

    assert bookable(notice_hours=0) == []


def test_a_blocked_slot_cannot_be_booked():
    make_slot(state="blocked")

    assert bookable() == []


def test_a_slot_within_the_shortest_notice_cannot_be_booked():
    make_slot(starts_at=timezone.now() + timedelta(hours=23))

    assert bookable(notice_hours=24) == []


def test_a_slot_beyond_the_horizon_cannot_be_booked():
    make_slot(starts_at=timezone.now() + timedelta(days=8))

    assert bookable(horizon_days=7) == []


@pytest.mark.parametrize("state", ACTIVE_STATES)
def test_a_held_slot_cannot_be_booked(state):
    make_booking(state=state)

    assert bookable() == []


def test_a_slot_that_came_free_again_can_be_booked():
    booking = make_booking(state="declined")

    assert bookable() == [booking.slot]


@time_machine.travel(datetime(2026, 7, 1, 12, tzinfo=UTC), tick=False)
def test_a_full_day_on_the_clinics_clock_cannot_be_booked():
    evening = datetime(2026, 7, 7, 6, 30, tzinfo=UTC)  # still 6 July in Phoenix
    make_booking(slot=make_slot(starts_at=evening - timedelta(hours=9)))
    make_slot(starts_at=evening)
    next_day = make_slot(starts_at=evening + timedelta(hours=1))

    assert bookable(calls_a_day=1) == [next_day]
    assert len(bookable(calls_a_day=2)) == 2


def test_public_ids_are_at_least_128_bits_of_chance():
    ids = {make_booking(kind="say_hi").public_id for _ in range(20)}

    assert len(ids) == 20
    assert all(len(public_id) * 6 >= 128 for public_id in ids)


def test_a_request_is_named_without_anything_of_the_visitors():
    booking = make_booking(reference="ABC")

    assert str(booking) == "Request ABC"
    assert str(make_mail(booking=booking)) == "Request received: Request ABC"


@pytest.mark.parametrize(
    ("kind", "state", "to", "may"),
    [
        ("discovery_call", "requested", "confirmed", True),
        ("discovery_call", "requested", "completed", False),
        ("discovery_call", "confirmed", "declined", False),
        ("discovery_call", "confirmed", "completed", True),
        ("discovery_call", "completed", "confirmed", False),
        ("discovery_call", "declined", "requested", False),
        ("say_hi", "requested", "completed", True),
        ("say_hi", "requested", "confirmed", False),
    ],
)
def test_a_state_leads_only_where_the_rules_say(kind, state, to, may):
    assert Booking(kind=kind, state=state).can_become(to) is may


def test_mail_is_due_when_its_time_has_come_or_its_worker_is_gone():
    now = timezone.now()
    hour = timedelta(hours=1)
    make_mail(next_attempt_at=now + hour)
    make_mail(leased_until=now + hour)
    make_mail(state="sent")
    make_mail(state="failed")
    due = [make_mail(), make_mail(leased_until=now - hour)]

    assert list(OutboxMail.objects.due().order_by("pk")) == due
