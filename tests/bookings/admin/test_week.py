"""Hours as a week, times as people type them, and time off of one clinician or a part of a day."""

from datetime import UTC, date, datetime, time

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from bookings.availability.slots import make_slots
from bookings.forms.times import parse_ranges, parse_time, ranges_words
from bookings.models import CallSettings, Closure, Slot, WeeklyHours
from kneecare.audit.models import AuditEvent
from kneecare.clinic.models import Clinician
from kneecare.core.seen import SEEN
from tests.bookings.desk import said
from tests.factories import make_booking, make_clinician, make_hours

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("clinic"),
    pytest.mark.same_on_any_database(
        "rows are written by the forms that other tests ask on both"
    ),
]
WEEK = "/admin/bookings/weeklyhours/week/"
CLOSE = "/admin/bookings/closure/add/"
MONDAY = date(2026, 7, 6)


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(datetime(2026, 7, 1, 12, tzinfo=UTC)):
        yield


@pytest.fixture
def save(staff_client, django_capture_on_commit_callbacks):
    def post(address, data):
        if "/week/" in address:
            data = data | {SEEN: opened(staff_client, address)}
        with django_capture_on_commit_callbacks(execute=True):
            return staff_client.post(address, data, follow=True)

    return post


def opened(client, address=WEEK):
    """What the page of a week carries along when it is opened."""
    return client.get(address).context["form"].seen


def hours(clinician):
    rows = WeeklyHours.objects.filter(clinician=clinician)
    return [(row.weekday, row.starts, row.ends) for row in rows.order_by("weekday", "starts")]  # fmt: skip


def offered(clinician=None, day=MONDAY):
    slots = Slot.objects.assignable().with_zone()
    return [
        f"{slot.starts_at.astimezone(slot.zone):%H:%M}"
        for slot in slots
        if slot.clinician == (clinician or slot.clinician)
        and slot.starts_at.astimezone(slot.zone).date() == day
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1 pm", time(13)),
        ("8am", time(8)),
        ("13:00", time(13)),
        ("8:30 AM", time(8, 30)),
        ("8.30", time(8, 30)),
        ("12 am", time(0)),
        ("12 p.m.", time(12)),
        ("noon", time(12)),
        (" 9 PM ", time(21)),
        ("08", time(8)),
        ("1300", time(13)),
        ("0830", time(8, 30)),
        ("130 pm", time(13, 30)),
        ("13h30", time(13, 30)),
        ("12 noon", time(12)),
        ("01:30", time(1, 30)),
        ("1:30", None),
        ("6.15", None),
        ("8", None),
        ("25:00", None),
        ("13 pm", None),
        ("0 am", None),
        ("8:75", None),
        ("8m", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_time_is_read_as_people_type_it(typed, meant):
    assert parse_time(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", ""),
        ("9 am to 12 pm", "9:00 am to 12:00 pm"),
        ("9-12, 1-5 pm", "9:00 am to 12:00 pm, 1:00 pm to 5:00 pm"),
        ("1 pm \u2013 5 pm and 8:30-11 am", "8:30 am to 11:00 am, 1:00 pm to 5:00 pm"),
        ("9-5 pm", "9:00 am to 5:00 pm"),
        ("9-17", "9:00 am to 5:00 pm"),
        ("12 to 1 pm", "12:00 pm to 1:00 pm"),
        ("13:00 until 15:30", "1:00 pm to 3:30 pm"),
        ("0900-1200 & 1300-1700", "9:00 am to 12:00 pm, 1:00 pm to 5:00 pm"),
        (
            "from 9 till noon / 1 through 5 pm",
            "9:00 am to 12:00 pm, 1:00 pm to 5:00 pm",
        ),
        ("closed", ""),
        ("-", ""),
    ],
)
def test_the_hours_of_a_day_are_read_as_people_type_them(typed, meant):
    assert ranges_words(parse_ranges(typed)) == meant


@pytest.mark.parametrize("typed", ["9", "9-", "10-2", "5 pm to 9 am", "9-10-11", "all day", "9-12, 11-1 pm"])  # fmt: skip
def test_hours_that_nobody_can_be_sure_of_are_asked_again(typed):
    with pytest.raises(ValidationError):
        parse_ranges(typed)


@pytest.mark.parametrize("typed", ["9-5", "9:00 to 1:30", "9-12, 1-5"])
def test_what_lacks_am_or_pm_is_told_so(typed):
    with pytest.raises(ValidationError, match="Add am or pm to"):
        parse_ranges(typed)


def test_what_is_read_is_written_so_that_it_is_read_again():
    words = "9:00 am to 12:00 pm, 1:00 pm to 5:00 pm"

    assert ranges_words(parse_ranges(words)) == words


def test_a_week_is_entered_on_one_page_and_offered_at_once(save):
    nick = make_clinician()

    page = save(WEEK, {"day_0": "9-10 am, 1-2 pm", "day_4": "8-9am"})

    assert said(page) == [f"The week of {nick} is saved."]
    assert hours(nick) == [
        (0, time(9), time(10)),
        (0, time(13), time(14)),
        (4, time(8), time(9)),
    ]
    assert offered() == ["09:00", "09:30", "13:00", "13:30"]


def test_a_week_changes_what_changed_alone(save):
    kept = make_hours(note="Keep me")
    WeeklyHours.objects.create(clinician=kept.clinician, weekday=2, starts=time(8), ends=time(9))  # fmt: skip
    other = make_hours(clinician=make_clinician())

    save(f"{WEEK}?clinician={kept.clinician.pk}", {"day_0": "9 am to 10 am"})

    assert WeeklyHours.objects.get(clinician=kept.clinician).note == "Keep me"
    assert WeeklyHours.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize(
    "typed",
    ["10 am to 12 pm", "9:30-11 am", "8-9 am", "2-3 pm", "9-9:30 am, 9:30-11 am"],
)
def test_hours_that_are_moved_on_their_day_keep_their_row_and_note(save, typed):
    row = make_hours(note="By video only")

    save(WEEK, {"day_0": typed})

    row.refresh_from_db()
    assert row.note == "By video only"
    assert (row.starts, row.ends) == parse_ranges(typed)[0]


def test_each_note_stays_with_the_hours_that_overlap_its_own(save):
    morning = make_hours(note="In the morning")
    later = make_hours(clinician=morning.clinician, starts=time(13), ends=time(15), note="Later")  # fmt: skip

    save(WEEK, {"day_0": "10 am to 2 pm, 8-9:30 am"})

    rows = WeeklyHours.objects.values_list("note", "starts")
    assert set(rows) == {("In the morning", time(8)), ("Later", time(10))}
    assert set(WeeklyHours.objects.values_list("pk", flat=True)) == {morning.pk, later.pk}  # fmt: skip


def test_a_note_that_goes_with_its_hours_is_named_before_and_after(save, staff_client):
    make_hours(note="By video only")

    page = staff_client.post(WEEK, {"day_1": "9-10 am", "_preview": ""})
    done = save(WEEK, {"day_1": "9-10 am"})

    words = "Monday 09:00 to 10:00 “By video only”"
    assert f"<li>{words}</li>" in page.text
    assert f"These hours are gone with their note: {words}." in said(done)


def test_what_a_week_takes_away_stands_in_the_record(save):
    make_hours()

    save(WEEK, {"day_0": ""})

    told = AuditEvent.objects.filter(kind="deleted")
    assert list(told.values_list("account_name", "subject")) == [("admin", "weekly hours: Monday 09:00 to 10:00")]  # fmt: skip


def test_who_saves_a_week_second_is_told_what_the_first_has_saved(save, staff_client):
    nick = make_clinician()
    seen = opened(staff_client)
    save(WEEK, {"day_0": "9-10 am", "day_1": "1-2 pm"})

    second = {"day_1": "1-2 pm", "day_2": "3-4 pm"}
    told = staff_client.post(WEEK, {**second, SEEN: seen})

    assert told.status_code == 409
    (words,) = told.context["form"].non_field_errors()
    assert "Monday 9:00 am to 10:00 am; Wednesday without calls." in words
    assert 'value="3-4 pm"' in told.text
    assert hours(nick) == [(0, time(9), time(10)), (1, time(13), time(14))]

    again = {**second, SEEN: told.context["form"].seen}
    assert staff_client.post(WEEK, again).status_code == 302
    assert hours(nick) == [(1, time(13), time(14)), (2, time(15), time(16))]


@pytest.mark.parametrize("step", ["_preview", "_copy"])
def test_looking_on_the_way_does_not_count_as_being_told(save, staff_client, step):
    nick = make_clinician()
    seen = opened(staff_client)
    save(WEEK, {"day_0": "9-10 am"})

    page = staff_client.post(WEEK, {"day_2": "3-4 pm", SEEN: seen, step: ""})
    carried = page.context["form"].seen
    told = staff_client.post(WEEK, {"day_2": "3-4 pm", SEEN: carried})

    assert told.status_code == 409
    assert hours(nick) == [(0, time(9), time(10))]


def test_a_week_that_nobody_has_seen_is_not_saved_over(save, staff_client):
    nick = make_clinician()
    save(WEEK, {"day_0": "9-10 am"})

    told = staff_client.post(WEEK, {"day_2": "3-4 pm"})

    assert told.status_code == 409
    assert hours(nick) == [(0, time(9), time(10))]


def test_monday_is_copied_to_friday_before_anything_is_stored(staff_client):
    make_clinician()

    page = staff_client.post(WEEK, {"day_0": "9-12", "day_5": "10-11 am", "_copy": ""})

    assert page.text.count('value="9-12"') == 5
    assert page.text.count('value="10-11 am"') == 1
    assert not WeeklyHours.objects.exists()


def test_a_preview_of_a_week_stores_nothing_and_names_whom_it_hits(staff_client):
    monday = make_hours()
    make_slots()
    make_booking(slot=Slot.objects.first(), reference="BOOKED")

    page = staff_client.post(WEEK, {"day_1": "9-10 am", "_preview": ""})

    assert "What this would change" in page.text
    assert "BOOKED" in page.text
    assert hours(monday.clinician) == [(0, time(9), time(10))]


def test_a_mistake_in_a_week_comes_back_with_every_word(staff_client):
    make_clinician()

    page = staff_client.post(WEEK, {"day_0": "mornings", "day_1": "9-12"})

    assert page.status_code == 422
    assert "“mornings” is not understood." in page.text
    assert 'value="9-12"' in page.text
    assert not WeeklyHours.objects.exists()


def test_a_week_of_too_many_times_is_refused(staff_client):
    make_clinician()
    CallSettings.objects.update(length_minutes=5, horizon_days=366)
    days = {f"day_{number}": "0:00 to 23:59" for number in range(7)}

    page = staff_client.post(WEEK, days)

    assert page.status_code == 422
    assert "is the most there can be" in page.text


def test_the_list_leads_to_the_week(staff_client):
    make_hours()

    assert WEEK in staff_client.get("/admin/bookings/weeklyhours/").text


def test_a_single_row_takes_times_as_people_type_them(save):
    nick = make_clinician()

    row = {"clinician": nick.pk, "weekday": 0, "starts": "1 pm", "ends": "2pm"}
    save("/admin/bookings/weeklyhours/add/", row)

    assert hours(nick) == [(0, time(13), time(14))]


@pytest.fixture
def two():
    """Two clinicians with the same Monday morning."""
    make_hours()
    make_hours(clinician=make_clinician())
    make_slots()
    return list(Clinician.objects.order_by("pk"))


def test_time_off_of_one_clinician_leaves_the_other(save, two):
    nick, rae = two

    save(CLOSE, {"clinician": nick.pk, "first_day": MONDAY, "last_day": MONDAY})

    assert offered(nick) == []
    assert offered(rae) == ["09:00", "09:30"]


def test_a_part_of_a_day_off_takes_the_calls_that_it_touches(save, two):
    nick, rae = two

    part = {"starts": "9:45 am", "ends": "1 pm"}
    save(CLOSE, {"clinician": nick.pk, "first_day": MONDAY, "last_day": MONDAY, **part})

    assert offered(nick) == ["09:00"]
    assert offered(rae) == ["09:00", "09:30"]


def test_a_part_of_a_day_can_be_of_the_whole_clinic(save, two):
    day = {"first_day": MONDAY, "last_day": MONDAY}

    save(CLOSE, {**day, "starts": "9 am", "ends": "9:30 am"})

    assert offered() == ["09:30", "09:30"]


def test_time_off_over_a_booked_call_names_it_and_cancels_nothing(save, two):
    nick, _ = two
    slot = Slot.objects.filter(clinician=nick).first()
    booking = make_booking(slot=slot, state="confirmed")
    day = {"first_day": MONDAY, "last_day": MONDAY}

    page = save(CLOSE, {"clinician": nick.pk, **day})

    assert booking.reference in page.text
    booking.refresh_from_db()
    assert booking.state == "confirmed"


def test_time_off_of_one_is_no_holiday_of_the_clinic(two, client):
    nick, _ = two
    Closure.objects.create(first_day=MONDAY, last_day=MONDAY, clinician=nick)

    assert MONDAY.isoformat() in client.get("/book/").text  # a day to wish for


@pytest.mark.parametrize(
    "part",
    [{"starts": time(9)}, {"ends": time(9)}, {"starts": time(9), "ends": time(9)}],
    ids=str,
)
def test_the_database_refuses_a_part_of_a_day_that_makes_no_sense(part):
    with pytest.raises(IntegrityError), transaction.atomic():
        Closure.objects.create(first_day=MONDAY, last_day=MONDAY, **part)


def test_who_is_hidden_offers_nothing_from_that_moment(two, client):
    nick, rae = two

    Clinician.objects.filter(pk=nick.pk).update(is_shown=False)

    assert offered(nick) == []
    assert offered(rae) == ["09:00", "09:30"]
    page = client.get("/book/").text
    hidden = Slot.objects.filter(clinician=nick)
    assert [slot for slot in hidden if f'name="slot" value="{slot.pk}"' in page] == []


def test_the_times_of_who_is_hidden_are_taken_back_and_come_again(two):
    nick, _ = two
    Clinician.objects.filter(pk=nick.pk).update(is_shown=False)
    make_slots()
    gone = Slot.objects.filter(clinician=nick).exists()
    Clinician.objects.filter(pk=nick.pk).update(is_shown=True)

    make_slots()

    assert not gone
    assert offered(nick) == ["09:00", "09:30"]
