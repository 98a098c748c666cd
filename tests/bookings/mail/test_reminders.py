"""A reminder comes once for each confirmed call, whatever the workers and the clock do."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail as post
from django.utils import timezone

from bookings import jobs, services
from bookings.mail import outbox
from bookings.models import CallSettings, OutboxMail
from kneecare.core.jobs.schedule import JOBS
from tests.at_once import WINNER, at_once
from tests.factories import (
    make_booking,
    make_call_settings,
    make_clinic,
    make_slot,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def clinic():
    make_call_settings(reminder_hours=24)
    return make_clinic()


def call(ahead, **fields):
    """A call confirmed two days ago."""
    fields = {"state": "confirmed", "decided_at": timezone.now() - 48 * HOUR, **fields}
    return make_booking(slot=make_slot(starts_at=timezone.now() + ahead), **fields)


def reminders():
    mails = OutboxMail.objects.filter(kind="reminder")
    return list(mails.order_by("pk").values_list("booking", "version"))


def test_the_worker_looks_every_minute():
    assert JOBS["bookings.jobs.remind"].interval == 60


def test_a_call_within_the_hours_is_reminded_of_once():
    near = call(23 * HOUR)
    call(25 * HOUR)

    jobs.remind()
    jobs.remind()

    assert reminders() == [(near.pk, 1)]


@pytest.mark.parametrize(
    "fields",
    [{"state": "requested"}, {"state": "cancelled_by_visitor"}, {"state": "completed"}],
)
def test_only_confirmed_calls_are_reminded_of(fields):
    call(2 * HOUR, **fields)

    jobs.remind()

    assert reminders() == []


def test_who_was_told_within_the_hours_needs_no_reminder():
    call(2 * HOUR, decided_at=timezone.now() - HOUR)
    call(2 * HOUR, decided_at=None, created_at=timezone.now() - HOUR)

    jobs.remind()

    assert reminders() == []


def test_a_call_that_has_begun_is_not_reminded_of():
    call(-HOUR)

    jobs.remind()

    assert reminders() == []


def test_no_reminder_where_staff_want_none():
    CallSettings.objects.update(reminder_hours=0)
    call(HOUR)

    jobs.remind()

    assert reminders() == []


def test_a_clock_that_jumps_reminds_once():
    booking = call(23 * HOUR)
    now = timezone.now()

    for jump in [0, 20, -40, 5, -1, 22]:
        with time_machine.travel(now + jump * HOUR):
            jobs.remind()

    assert reminders() == [(booking.pk, 1)]


@pytest.mark.django_db(transaction=True)
def test_four_workers_remind_once(mailoutbox):
    call(23 * HOUR)

    outcomes = at_once(*[jobs.remind] * 4)
    at_once(*[outbox.deliver] * 4)

    assert outcomes == {WINNER: 4}
    assert len(reminders()) == 1
    assert len(mailoutbox) == 1


def test_a_moved_call_is_reminded_of_again_at_its_new_time(staff):
    booking = call(23 * HOUR)
    jobs.remind()
    later = make_slot(starts_at=timezone.now() + 60 * HOUR)
    services.move(booking, later, by=staff)

    with time_machine.travel(timezone.now() + 40 * HOUR):
        jobs.remind()

    assert reminders() == [(booking.pk, 1), (booking.pk, 2)]


@pytest.mark.parametrize("change", ["cancel", "move", "begin"])
def test_a_reminder_that_is_overtaken_is_not_sent(staff, change):
    booking = call(23 * HOUR)
    jobs.remind()
    ahead = 0 * HOUR
    if change == "cancel":
        services.cancel_by_visitor(booking)
    elif change == "move":
        services.move(booking, make_slot(), by=staff)
    else:
        ahead = 24 * HOUR

    with time_machine.travel(timezone.now() + ahead):
        outbox.deliver()

    assert OutboxMail.objects.get(kind="reminder").state == "aborted"
    assert [mail for mail in post.outbox if "soon" in mail.subject] == []


def test_the_reminder_names_the_time_and_leads_to_the_visitors_page():
    call(23 * HOUR)
    jobs.remind()

    outbox.deliver()

    (message,) = post.outbox
    assert message.subject == "Your call is soon - KneeCare"
    assert "Arizona time (MST)" in message.body
    assert "/bookings/" in message.body
