"""Hours, closures and settings: what a change would do is seen first, and no booked call is lost by one."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bookings.availability.slots import make_slots
from bookings.models import (
    Booking,
    CallSettings,
    Closure,
    ExtraHours,
    Slot,
    WeeklyHours,
)
from tests.admin_forms import filled, seen_state
from tests.bookings.desk import listed, page_of, said, state
from tests.factories import (
    make_booking,
    make_clinician,
    make_hours,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clinic")]
ADD = "/admin/bookings/{}/add/"
HOLIDAYS = "/admin/bookings/closure/holidays/"


@pytest.fixture(autouse=True)
def wednesday():
    """Four Mondays lie within the horizon, and none of them is today."""
    with time_machine.travel(datetime(2026, 7, 1, 12, tzinfo=UTC)):
        yield


@pytest.fixture
def save(staff_client, django_capture_on_commit_callbacks):
    """Post a form as the admin does: what is to happen after the commit happens."""

    def post(address, data, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return staff_client.post(address, data, **kwargs)

    return post


@pytest.fixture
def hours():
    """A Monday morning of two calls, made into times."""
    hours = make_hours()
    make_slots()
    return hours


@pytest.fixture
def booked(hours):
    """A call on the first Monday at nine."""
    return make_booking(slot=Slot.objects.first(), state="confirmed")


def hours_form(hours, **fields):
    names = ["weekday", "starts", "ends"]
    form = {name: getattr(hours, name) for name in names}
    carried = {"seen_state": seen_state(hours)}
    return {**form, "clinician": hours.clinician_id, **carried, **fields}


def shown(response):
    return response.context["preview"]


def test_a_preview_shows_what_stays_what_is_new_and_what_goes(staff_client, hours):
    form = hours_form(hours, starts="9:30", ends="10:30", _preview="1")

    page = staff_client.post(page_of(hours), form)

    first = shown(page).rows[0]
    assert (first.day, first.stay, first.new, first.gone) == (
        date(2026, 7, 6),
        ["9:30 AM"],
        ["10:00 AM"],
        ["9:00 AM"],
    )
    assert (shown(page).new, shown(page).gone, len(shown(page).rows)) == (4, 4, 4)
    assert "4 new times, 4 times gone." in page.text


def test_a_preview_stores_nothing_and_keeps_what_was_typed(save, hours):
    form = hours_form(hours, starts="8:00", note="Summer", _preview="1")

    page = save(page_of(hours), form)

    assert page.status_code == 200
    assert 'value="Summer"' in page.text
    assert "Please correct" not in page.text
    assert WeeklyHours.objects.get().starts == time(9)
    assert Slot.objects.count() == 8


def test_a_preview_of_something_wrong_says_what_is_wrong(staff_client, hours):
    form = hours_form(hours, starts="11:00", _preview="1")

    page = staff_client.post(page_of(hours), form)

    assert "The end must be after the start." in page.text
    assert "preview" not in page.context


def test_a_preview_names_the_booked_calls_that_would_be_hit(
    staff_client, booked, hours
):
    form = hours_form(hours, starts="9:30", _preview="1")

    page = staff_client.post(page_of(hours), form)

    assert shown(page).hit == [booked]
    assert f'href="{page_of(booked)}"' in page.text
    assert "1 booked call would be outside your hours" in page.text


@pytest.mark.parametrize(
    "model", ["weeklyhours", "extrahours", "closure", "callsettings"]
)
def test_every_form_that_makes_times_has_a_preview(save, staff_client, hours, model):
    day = timezone.localdate() + timedelta(days=2)
    clinician = hours.clinician_id
    forms = {
        "weeklyhours": {
            "clinician": clinician,
            "weekday": 1,
            "starts": "9:00",
            "ends": "9:30",
        },
        "extrahours": {
            "clinician": clinician,
            "day": day,
            "starts": "9:00",
            "ends": "9:30",
        },
        "closure": {"first_day": day, "last_day": day + timedelta(days=5)},
        "callsettings": settings_form(length_minutes=60),
    }
    changes = {
        "weeklyhours": (4, 0),
        "extrahours": (1, 0),
        "closure": (0, 2),
        "callsettings": (4, 8),
    }
    address = ADD.format(model)
    if model == "callsettings":
        address = page_of(CallSettings.objects.get())

    page = save(address, {**forms[model], "_preview": "1"})

    assert (shown(page).new, shown(page).gone) == changes[model]
    assert Slot.objects.count() == 8
    assert 'name="_preview"' in staff_client.get(address).text


def settings_form(**fields):
    rules = CallSettings.objects.get()
    shown = {
        field.name: getattr(rules, field.name)
        for field in rules._meta.fields
        if field.editable and field.name not in ("id", "calls_a_day")
    }
    shown["seen_state"] = seen_state(rules)
    return {**shown, "confirm_at_once": "", **fields}


@pytest.mark.parametrize("year", ["9999", "2206", "0026"])
def test_a_slip_in_the_year_of_a_closure_is_told_and_closes_nothing(
    staff_client, hours, year
):
    page = staff_client.post(
        "/admin/bookings/closure/add/",
        {"first_day": timezone.localdate(), "last_day": f"{year}-08-01"},
    )

    assert "Check the year. The last day that can be given is" in page.text
    assert f'value="{year}-08-01"' in page.text
    assert not Closure.objects.exists()


def test_a_preview_of_the_first_call_settings_is_no_error(staff_client, hours):
    form = settings_form(length_minutes=20)
    CallSettings.objects.all().delete()

    page = staff_client.post(ADD.format("callsettings"), {**form, "_preview": "1"})

    assert shown(page).new
    assert CallSettings.objects.count() == 0


def test_saving_keeps_the_booked_calls_and_names_them(
    save, staff_client, booked, hours
):
    response = save(page_of(hours), hours_form(hours, starts="9:30"), follow=True)

    assert state(booked) == "confirmed"
    warning = said(response)[-1]
    assert warning.startswith(
        "1 booked call is outside your hours now. Nothing was cancelled."
    )
    assert page_of(booked) in warning
    assert listed(staff_client, "when=outside") == [booked.reference]


@pytest.mark.django_db(transaction=True)
def test_a_call_that_is_booked_while_a_closure_is_being_stored_is_counted(
    staff_client, hours, monkeypatch
):
    make_slots()
    slot = Slot.objects.first()
    closures = admin.site._registry[Closure]
    log = closures.log_addition

    def meanwhile(*args):
        make_booking(slot=slot, state="confirmed")
        return log(*args)

    monkeypatch.setattr(closures, "log_addition", meanwhile)
    day = slot.starts_at.date().isoformat()
    form = {"first_day": day, "last_day": day}
    page = staff_client.post("/admin/bookings/closure/add/", form, follow=True)

    assert "1 booked call is outside your hours" in said(page)[-1]


def test_saving_what_hits_nobody_warns_of_nothing(save, booked, hours):
    response = save(page_of(hours), hours_form(hours, ends="11:00"), follow=True)

    assert len(said(response)) == 1


@pytest.mark.parametrize("how", ["page", "list"])
def test_deleting_hours_shows_first_whom_it_would_hit_and_keeps_their_calls(
    save, staff_client, booked, hours, how
):
    address, data = f"/admin/bookings/weeklyhours/{hours.pk}/delete/", {}
    if how == "list":
        address = "/admin/bookings/weeklyhours/"
        data = {"action": "delete_selected", "_selected_action": [hours.pk]}
        asked = staff_client.post(address, data)
    else:
        asked = staff_client.get(address)
    assert shown(asked).hit == [booked]
    assert WeeklyHours.objects.count() == 1

    response = save(address, {**data, "post": "yes"}, follow=True)

    assert WeeklyHours.objects.count() == 0
    assert "1 booked call is outside your hours" in " ".join(said(response))
    assert state(booked) == "confirmed"


@pytest.mark.parametrize(
    ("model", "day"),
    [(WeeklyHours, {"weekday": 0}), (ExtraHours, {"day": "2026-07-13"})],
)
def test_hours_that_overlap_others_are_refused_by_name(save, model, day):
    clinician, other = make_clinician(), make_clinician()

    def add(starts, ends, clinician=clinician):
        times = {"starts": starts, "ends": ends, "clinician": clinician.pk, **day}
        return save(ADD.format(model._meta.model_name), times)

    add("9 am", "12 pm")
    first = model.objects.get()
    refused = add("11 am", "1 pm")
    add("12 pm", "1 pm")
    add("9 am", "10 am", other)

    assert f"overlap these: {first}." in refused.text
    starts = model.objects.order_by("pk").values_list("starts", flat=True)
    assert [each.hour for each in starts] == [9, 12, 9]


def test_extra_hours_open_one_day_only(save):
    clinician = make_clinician()
    day = date(2026, 7, 4)

    save(
        ADD.format("extrahours"),
        {"clinician": clinician.pk, "day": day, "starts": "9:00", "ends": "10:00"},
    )

    starts = [slot.starts_at for slot in Slot.objects.all()]
    assert starts == [
        datetime(2026, 7, 4, 16, tzinfo=UTC),
        datetime(2026, 7, 4, 16, 30, tzinfo=UTC),
    ]


def test_extra_hours_beside_weekly_ones_make_no_time_twice(hours):
    ExtraHours.objects.create(
        clinician=hours.clinician,
        day=date(2026, 7, 6),
        starts=time(9, 15),
        ends=time(10, 30),
    )

    make_slots()

    day = Slot.objects.filter(starts_at__lt=datetime(2026, 7, 7, tzinfo=UTC))
    assert [slot.starts_at.minute for slot in day] == [0, 30]


def test_a_closed_day_stays_closed_for_extra_hours():
    day = date(2026, 7, 3)
    Closure.objects.create(first_day=day, last_day=day)
    ExtraHours.objects.create(
        clinician=make_clinician(), day=day, starts=time(9), ends=time(10)
    )

    make_slots()

    assert Slot.objects.count() == 0


def test_the_coming_holidays_are_offered(staff_client):
    page = staff_client.get(HOLIDAYS)

    days = [day for day, _ in page.context["form"].fields["days"].choices]
    assert days[0] == "2026-07-03"
    assert "2026-11-26" in days
    assert days[-1] == "2027-06-19"
    assert "Thursday, November 26, 2026: Thanksgiving Day" in page.text


def test_ticked_holidays_are_closed_in_one_go(save, staff_client):
    response = save(HOLIDAYS, {"days": ["2026-11-26", "2026-12-25"]}, follow=True)

    closures = Closure.objects.values_list("first_day", "last_day", "reason")
    thanksgiving, christmas = date(2026, 11, 26), date(2026, 12, 25)
    assert list(closures) == [
        (thanksgiving, thanksgiving, "Thanksgiving Day"),
        (christmas, christmas, "Christmas Day"),
    ]
    assert said(response) == ["2 days closed."]
    again = staff_client.get(HOLIDAYS)
    assert "2026-11-26" not in dict(again.context["form"].fields["days"].choices)
    assert "Closed already" in again.text


def test_a_holiday_within_a_longer_closure_counts_as_closed(staff_client):
    Closure.objects.create(first_day=date(2026, 12, 20), last_day=date(2027, 1, 2))

    form = staff_client.get(HOLIDAYS).context["form"]

    closed = [holiday.name for holiday in form.closed]
    assert closed == ["Christmas Day", "New Year's Day"]


def test_a_holiday_with_booked_calls_says_so_and_keeps_them(save, staff_client):
    make_hours(weekday=3)
    CallSettings.objects.update(horizon_days=200)
    make_slots()
    slot = Slot.objects.get(starts_at=datetime(2026, 11, 26, 16, tzinfo=UTC))
    booked = make_booking(slot=slot, state="confirmed")
    assert "(1 booked call:" in staff_client.get(HOLIDAYS).text

    response = save(HOLIDAYS, {"days": ["2026-11-26"]}, follow=True)

    assert "1 booked call is outside your hours" in said(response)[0]
    assert state(booked) == "confirmed"


@pytest.mark.parametrize("days", [[], ["2026-07-02"], ["2027-11-25"], ["x"]])
def test_what_is_no_holiday_to_come_is_refused_kindly(staff_client, days):
    response = staff_client.post(HOLIDAYS, {"days": days})

    assert response.status_code == 422
    assert response.context["form"].errors
    assert Closure.objects.count() == 0


def test_a_preview_of_many_booked_calls_costs_as_much_as_of_one(
    staff_client, hours, django_assert_num_queries
):
    slots = list(Slot.objects.all())
    form = hours_form(hours, starts="9:45", ends="11:00", _preview="1")
    make_booking(slot=slots[0])
    staff_client.post(page_of(hours), form)  # what Django looks up once
    with CaptureQueriesContext(connection) as one:
        staff_client.post(page_of(hours), form)
    for slot in slots[1:]:
        make_booking(slot=slot)

    with django_assert_num_queries(len(one)):
        page = staff_client.post(page_of(hours), form)

    assert len(shown(page).hit) == Booking.objects.count() == 8


NO_CALL_FITS = "Monday 15:00 to 15:10 of {}: no call of 30 minutes fits into these hours"  # fmt: skip
SAME_HOURS = "2026-07-06 09:00 to 10:00 of {}: these extra hours are the weekly ones of that day, and add nothing"


def test_hours_that_are_shorter_than_a_call_are_told_before_and_after(
    save, staff_client
):
    nick = make_clinician()
    form = {"clinician": nick.pk, "weekday": 0, "starts": "3 pm", "ends": "3:10 pm"}
    words = NO_CALL_FITS.format(nick)

    page = staff_client.post(ADD.format("weeklyhours"), form | {"_preview": ""})
    done = save(ADD.format("weeklyhours"), form, follow=True)

    assert shown(page).idle == [words]
    assert f"<li>{words}.</li>" in page.text
    assert f"Some hours make no time to book. {words}." in said(done)


def test_a_week_with_hours_that_are_shorter_than_a_call_says_so(save, staff_client):
    nick = make_clinician()
    week = "/admin/bookings/weeklyhours/week/"
    seen = staff_client.get(week).context["form"].seen

    done = save(week, {"day_0": "3 to 3:10 pm", "seen_state": seen}, follow=True)

    assert f"Some hours make no time to book. {NO_CALL_FITS.format(nick)}." in said(done)  # fmt: skip


def test_a_longer_call_names_the_hours_into_which_it_no_longer_fits(staff_client):
    hours = make_hours(starts=time(9), ends=time(9, 30))
    rules = CallSettings.objects.get()
    url = page_of(rules)
    form = filled(staff_client.get(url)) | {"length_minutes": 45, "_preview": ""}

    page = staff_client.post(url, form)

    assert shown(page).idle == [f"{hours} of {hours.clinician}: no call of 45 minutes fits into these hours"]  # fmt: skip


def test_extra_hours_that_are_the_weekly_ones_are_told(save, hours):
    form = {"clinician": hours.clinician_id, "day": "2026-07-06"}
    times = {"starts": "9 am", "ends": "10 am"}

    done = save(ADD.format("extrahours"), form | times, follow=True)
    later = {"starts": "10 am", "ends": "11 am"}
    other = save(ADD.format("extrahours"), form | later, follow=True)

    assert f"Some hours make no time to book. {SAME_HOURS.format(hours.clinician)}." in said(done)  # fmt: skip
    assert "no time to book" not in " ".join(said(other))
