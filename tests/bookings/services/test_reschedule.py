from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from bookings import services
from bookings.exceptions import ChangedMeanwhile, NotPossible, SlotTaken
from bookings.models import Booking, BookingEvent, OutboxMail, Slot
from tests.factories import (
    make_booking,
    make_call_request,
    make_call_settings,
    make_clinic,
    make_slot,
)

pytestmark = pytest.mark.django_db


def stored(booking):
    return Booking.objects.get(pk=booking.pk)


def written():
    return list(OutboxMail.objects.order_by("pk").values_list("kind", "version"))


def test_move_takes_the_new_time_frees_the_old_one_and_tells_both_sides():
    booking = make_booking(state="confirmed")
    old, new = booking.slot, make_slot()

    services.move(booking, new)

    assert (stored(booking).slot, stored(booking).version) == (new, 2)
    assert stored(booking).state == "confirmed"
    assert old in Slot.objects.assignable()
    event = BookingEvent.objects.get()
    assert (event.time_before, event.time_after) == (old.starts_at, new.starts_at)
    assert (event.from_state, event.to_state) == ("confirmed", "confirmed")
    assert (str(event), event.by) == ("Moved", None)
    assert written() == [("moved", 2), ("changed", 2)]


def test_staff_who_move_a_call_need_not_be_told(staff):
    services.move(make_booking(), make_slot(), by=staff)

    assert written() == [("moved", 2)]
    assert BookingEvent.objects.get().by == staff


def test_move_leaves_everything_as_it_is_when_the_new_time_is_taken():
    booking, other = make_booking(), make_booking()

    with pytest.raises(SlotTaken):
        services.move(booking, other.slot)

    assert (stored(booking).slot, stored(booking).version) == (booking.slot, 1)
    assert written() == []


def test_move_loses_against_a_decision_that_came_first(staff):
    booking = make_booking()
    seen_by_visitor = stored(booking)
    services.confirm(booking, by=staff)

    with pytest.raises(ChangedMeanwhile):
        services.move(seen_by_visitor, make_slot())

    assert stored(booking).slot == booking.slot


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "blocked"},
        {"starts_at": timezone.now() - timedelta(hours=1)},
        {"starts_at": timezone.now() + timedelta(hours=1)},
        {"starts_at": timezone.now() + timedelta(days=100)},
    ],
    ids=["blocked", "past", "too soon", "too far away"],
)
def test_a_visitor_moves_to_what_is_offered_only(fields):
    with pytest.raises(SlotTaken):
        services.move(make_booking(), make_slot(**fields))


@pytest.mark.parametrize("ahead", [timedelta(hours=1), timedelta(days=100)])
def test_staff_move_to_any_open_time_ahead(staff, ahead):
    slot = make_slot(starts_at=timezone.now() + ahead)
    booking = make_booking()

    services.move(booking, slot, by=staff)

    assert stored(booking).slot == slot


@pytest.mark.parametrize(
    "fields",
    [{"state": "blocked"}, {"starts_at": timezone.now() - timedelta(hours=1)}],
    ids=["blocked", "past"],
)
def test_staff_move_to_no_other_time(staff, fields):
    with pytest.raises(SlotTaken):
        services.move(make_booking(), make_slot(**fields), by=staff)


def test_a_call_that_is_over_or_is_none_cannot_be_moved(staff):
    for fields in [{"state": "declined"}, {"state": "completed"}, {"kind": "say_hi"}]:
        with pytest.raises(NotPossible):
            services.move(make_booking(**fields), make_slot(), by=staff)


def test_a_call_that_has_begun_is_moved_by_staff_alone(staff):
    begun = make_slot(starts_at=timezone.now() - timedelta(minutes=1))
    booking = make_booking(slot=begun, state="confirmed")

    with pytest.raises(NotPossible):
        services.move(booking, make_slot())
    services.move(booking, make_slot(), by=staff)

    assert stored(booking).version == 2


def test_a_call_is_not_moved_to_the_time_that_it_has():
    booking = make_booking()

    with pytest.raises(NotPossible, match="this time now"):
        services.move(booking, booking.slot)


@time_machine.travel(datetime(2026, 7, 1, 12, tzinfo=UTC))
def test_a_call_on_a_full_day_can_be_moved_within_that_day():
    make_clinic()
    make_call_settings(calls_a_day=1)
    booking = make_booking()
    later = make_slot(starts_at=booking.slot.ends_at)

    services.move(booking, later)

    assert stored(booking).slot == later


def test_a_moved_call_counts_until_its_new_end():
    make_clinic()
    make_call_settings()
    booking = services.submit(make_call_request(slot=make_slot()))
    later = make_slot(starts_at=timezone.now() + timedelta(days=9))

    services.move(booking, later)

    assert booking.hold_limits.get().expires_at == later.ends_at


def test_a_note_is_kept_and_changes_nothing_else(staff):
    booking = make_booking()

    note = services.note(booking, " Called, no answer. ", by=staff)

    assert (note.text, note.by) == ("Called, no answer.", staff)
    assert (stored(booking).version, written()) == (1, [])


def test_an_empty_note_is_refused(staff):
    with pytest.raises(NotPossible):
        services.note(make_booking(), "  ", by=staff)
