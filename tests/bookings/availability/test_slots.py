from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.db import connection

from bookings.availability import slots
from bookings.availability.slots import follow_the_zone, make_slots
from bookings.exceptions import SlotTaken
from bookings.models import Booking, CallSettings, Closure, Slot
from bookings.services import submit
from kneecare.clinic.models import Clinic
from kneecare.core.jobs.schedule import JOBS
from tests.factories import (
    make_booking,
    make_call_request,
    make_call_settings,
    make_clinic,
    make_clinician,
    make_hours,
    make_slot,
)

pytestmark = pytest.mark.django_db

# A Wednesday; the clinic in Phoenix is seven hours behind UTC all year.
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
NEXT_MONDAY = datetime(2026, 7, 6, 16, tzinfo=UTC)  # 9:00 there


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def clinic():
    make_call_settings(horizon_days=7)
    return make_clinic()


def starts():
    return list(Slot.objects.values_list("starts_at", flat=True))


def test_weekly_hours_become_slots_in_the_clinics_zone(clinic):
    make_hours()

    make_slots()

    assert starts() == [NEXT_MONDAY, NEXT_MONDAY + timedelta(minutes=30)]


def test_making_slots_again_changes_nothing(clinic):
    make_hours()
    make_slots()
    before = list(Slot.objects.values())

    make_slots()

    assert list(Slot.objects.values()) == before


def test_slots_reach_as_far_as_the_horizon(clinic):
    CallSettings.objects.update(horizon_days=14)
    make_hours(ends=time(9, 30))

    make_slots()

    assert starts() == [NEXT_MONDAY, NEXT_MONDAY + timedelta(days=7)]


def test_no_slot_is_made_in_the_past(clinic):
    make_hours(weekday=2, starts=time(4), ends=time(6))  # 5:00 there is now

    make_slots()

    assert starts()[0] == NOW + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("first_day", "last_day", "count"),
    [
        (date(2026, 7, 6), date(2026, 7, 6), 0),
        (date(2026, 7, 1), date(2026, 7, 31), 0),
        (date(2026, 7, 7), date(2026, 7, 8), 2),
    ],
)
def test_a_closed_day_has_no_slots(clinic, first_day, last_day, count):
    make_hours()
    Closure.objects.create(first_day=first_day, last_day=last_day)

    make_slots()

    assert Slot.objects.count() == count


def test_slots_that_the_hours_no_longer_give_are_taken_back(clinic):
    hours = make_hours()
    make_slots()

    hours.delete()
    make_slots()

    assert starts() == []


ENDED = ["declined", "cancelled_by_visitor", "cancelled_by_clinic", "expired"]


def offered():
    zone = Clinic.objects.get().zone
    bookable = Slot.objects.bookable(CallSettings.objects.get(), zone)
    return list(bookable.values_list("starts_at", flat=True))


def close_all():
    Closure.objects.create(first_day=date(2026, 7, 1), last_day=date(2026, 7, 31))


def test_a_slot_that_somebody_holds_stays_theirs_when_its_day_is_closed(clinic):
    make_hours()
    make_slots()
    kept = Slot.objects.first()
    booking = make_booking(slot=kept)

    close_all()
    make_slots()

    assert list(Slot.objects.all()) == [kept]
    assert Booking.objects.get(slot=kept) == booking


@pytest.mark.parametrize("state", ENDED)
def test_a_closed_day_is_not_offered_though_somebody_once_asked_for_it(clinic, state):
    make_hours()
    make_slots()
    kept = Slot.objects.first()
    make_booking(slot=kept, state=state)
    assert len(offered()) == 2

    close_all()
    make_slots()

    assert offered() == []
    assert list(Slot.objects.all()) == [kept]


@pytest.mark.parametrize("state", ENDED)
def test_a_call_given_up_after_its_day_was_closed_is_not_offered_again(clinic, state):
    make_hours()
    make_slots()
    make_booking(slot=Slot.objects.first())
    close_all()
    make_slots()

    Booking.objects.update(state=state)

    assert offered() == []


@pytest.mark.parametrize("state", ["cancelled_by_visitor", "requested"])
def test_a_withdrawn_slot_is_open_again_once_it_is_wanted_again(clinic, state):
    make_hours()
    make_slots()
    before = set(Slot.objects.all())
    make_booking(slot=Slot.objects.first(), state=state)
    close_all()
    make_slots()

    Closure.objects.all().delete()
    make_slots()

    assert set(Slot.objects.values_list("state", flat=True)) == {"open"}
    assert len(before & set(Slot.objects.all())) == 1
    assert len(starts()) == 2


def test_a_withdrawn_slot_that_nobody_holds_gives_way_to_another(clinic):
    make_hours()
    make_slots()
    kept = Slot.objects.first()
    make_booking(slot=kept, state="cancelled_by_visitor")

    CallSettings.objects.update(length_minutes=60)
    make_slots()

    assert offered() == [NEXT_MONDAY]
    assert Slot.objects.get(state="withdrawn") == kept


def test_a_withdrawn_slot_is_not_opened_again_in_the_way_of_a_call(clinic):
    make_hours()
    make_slots()
    make_booking(slot=Slot.objects.first(), state="cancelled_by_visitor")
    CallSettings.objects.update(length_minutes=60)
    make_slots()
    held = make_booking(slot=Slot.objects.get(state="open")).slot

    CallSettings.objects.update(length_minutes=30)
    make_slots()

    assert offered() == []
    assert list(Slot.objects.in_use()) == [held]


def test_a_blocked_slot_stays_blocked(clinic):
    make_hours()
    make_slots()
    Slot.objects.update(state="blocked")

    make_slots()

    assert set(Slot.objects.values_list("state", flat=True)) == {"blocked"}


def test_new_slots_do_not_overlap_one_that_somebody_holds(clinic):
    hours = make_hours()
    make_slots()
    make_booking(slot=Slot.objects.first())  # 9:00 to 9:30

    hours.starts = time(9, 15)
    hours.save()
    make_slots()

    assert starts() == [NEXT_MONDAY]


def test_a_longer_call_replaces_the_free_slots(clinic):
    make_hours()
    make_slots()

    CallSettings.objects.update(length_minutes=60)
    make_slots()

    slot = Slot.objects.get()
    assert slot.ends_at - slot.starts_at == timedelta(hours=1)


def test_hours_that_overlap_give_no_slots_that_do(clinic):
    clinician = make_clinician()
    make_hours(clinician=clinician)
    make_hours(clinician=clinician, starts=time(9, 20), ends=time(10, 20))

    make_slots()

    assert starts() == [NEXT_MONDAY, NEXT_MONDAY + timedelta(minutes=30)]


def test_two_clinicians_have_slots_at_the_same_time(clinic):
    make_hours(ends=time(9, 30))
    make_hours(ends=time(9, 30))

    make_slots()

    assert starts() == [NEXT_MONDAY, NEXT_MONDAY]


def test_past_slots_are_left_alone(clinic):
    past = make_slot(starts_at=NOW - timedelta(days=1))

    make_slots()

    assert list(Slot.objects.all()) == [past]


def test_slots_without_any_settings_use_the_defaults():
    make_clinic()
    make_hours()

    make_slots()

    assert Slot.objects.count() == 8
    assert CallSettings.objects.count() == 1


@time_machine.travel(datetime(2026, 10, 30, 12, tzinfo=UTC), tick=False)
def test_a_call_at_nine_is_at_nine_on_both_sides_of_a_clock_change():
    make_clinic(time_zone="America/New_York")
    make_call_settings(horizon_days=5)
    make_hours(weekday=4, ends=time(9, 30))  # Friday, on summer time
    make_hours(weekday=0, ends=time(9, 30))  # Monday, on standard time

    make_slots()

    assert starts() == [
        datetime(2026, 10, 30, 13, tzinfo=UTC),
        datetime(2026, 11, 2, 14, tzinfo=UTC),
    ]


LONDON_AT_NINE = datetime(2026, 7, 6, 8, tzinfo=UTC)


@pytest.fixture
def moved(clinic):
    """The clinic has left Phoenix for London, and no times were made since."""
    make_hours()
    make_slots()
    Clinic.objects.update(time_zone="Europe/London")


def test_a_time_of_the_old_zone_is_not_offered_even_before_times_are_made_anew(moved):
    assert offered() == []


def test_a_time_of_the_old_zone_cannot_be_had_by_who_still_sees_it(moved):
    with pytest.raises(SlotTaken):
        submit(make_call_request(slot=Slot.objects.first()))


def test_times_follow_the_clinic_to_another_zone(moved):
    follow_the_zone()

    assert starts() == [LONDON_AT_NINE, LONDON_AT_NINE + timedelta(minutes=30)]
    assert offered() == starts()


def test_a_call_that_is_held_keeps_its_moment_in_another_zone(moved):
    held = make_booking(slot=Slot.objects.first()).slot

    follow_the_zone()

    assert offered() == [LONDON_AT_NINE, LONDON_AT_NINE + timedelta(minutes=30)]
    assert list(Slot.objects.exclude(starts_at__in=offered())) == [held]


def test_a_time_that_both_zones_give_stays_the_same_row(clinic):
    make_hours()
    make_slots()
    before = list(Slot.objects.all())

    Clinic.objects.update(time_zone="America/Creston")  # the same clock all year
    follow_the_zone()

    assert list(Slot.objects.all()) == before
    assert len(offered()) == 2


def test_while_the_zone_is_the_same_no_times_are_made(
    clinic, django_assert_num_queries
):
    make_hours()
    make_slots()
    make_booking(slot=Slot.objects.first())
    close_all()
    make_slots()

    with django_assert_num_queries(2):
        follow_the_zone()


def test_the_worker_follows_the_zone_every_few_seconds():
    assert JOBS["bookings.availability.slots.follow_the_zone"].interval == 5


def test_times_are_worked_out_anew_when_the_hours_change_meanwhile(clinic, monkeypatch):
    make_hours()
    work_out = slots.wanted_spans

    def close_meanwhile(needs):
        monkeypatch.setattr(slots, "wanted_spans", work_out)
        wanted = work_out(needs)
        close_all()
        return wanted

    monkeypatch.setattr(slots, "wanted_spans", close_meanwhile)
    make_slots()

    assert starts() == []


def test_what_can_be_worked_out_is_so_before_visitors_have_to_wait(clinic, monkeypatch):
    make_hours()
    nesting = len(connection.savepoint_ids)
    work_out, seen = slots.wanted_spans, []

    def look(needs):
        seen.append(len(connection.savepoint_ids))
        return work_out(needs)

    monkeypatch.setattr(slots, "wanted_spans", look)
    make_slots()

    assert seen == [nesting]


def test_more_times_than_fit_in_one_statement_are_made_and_taken_back(clinic):
    CallSettings.objects.update(length_minutes=5, horizon_days=28)
    clinician = make_clinician()
    for weekday in range(7):
        make_hours(clinician=clinician, weekday=weekday, starts=time(8), ends=time(18))
    make_slots()
    assert Slot.objects.count() > 5 * slots.BATCH

    close_all()
    make_slots()

    assert Slot.objects.count() == 0
