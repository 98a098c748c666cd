"""A clock that jumps deletes nothing, and nothing runs out, until a person says that it is right."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from bookings import jobs, services
from bookings.mail import outbox
from bookings.models import Booking, OutboxMail
from kneecare.core.jobs import clock_check, schedule
from kneecare.core.models import ClockCheck
from tests.factories import (
    make_booking,
    make_call_request,
    make_call_settings,
    make_clinic,
    make_mail,
    make_slot,
)

pytestmark = pytest.mark.django_db

DELETE = {
    "articles.jobs.sweep_external_links",
    "bookings.jobs.end_holds",
    "bookings.jobs.expire_unanswered",
    "bookings.jobs.forget_client_ips",
    "bookings.jobs.purge",
    "bookings.jobs.remind",
    "bookings.jobs.serve_waiting_list",
    "exercises.jobs.purge_handouts",
    "kneecare.accounts.jobs.forget_mail",
    "kneecare.accounts.jobs.forget_sessions",
    "kneecare.accounts.jobs.forget_tries",
    "kneecare.audit.jobs.delete_old_entries",
    "kneecare.clinic.jobs.prune_saves",
    "kneecare.clinic.jobs.remind_reviewers",
    "kneecare.media.jobs.forget_pending_uploads",
    "kneecare.media.jobs.sweep_unused",
    "kneecare.publishing.jobs.do_what_is_due",
}
# Why a job may go on while the clock is wrong.
HARMLESS = {
    "articles.jobs.check_external_links": "asks again too early at worst",
    "bookings.availability.slots.follow_the_zone": "makes times, and makes them anew",
    "bookings.jobs.deliver_mail": "asks the clock itself before it gives a mail up",
    "bookings.jobs.deliver_texts": "asks the clock itself before it gives a text up",
    "bookings.jobs.read_other_calendars": "reads them anew, and what a wrong clock read is not kept",
    "bookings.jobs.extend_slots": "makes times; purge deletes them",
    "kneecare.accounts.jobs.deliver_account_mail": "asks the clock itself before it gives a mail up",
    "kneecare.clinic.jobs.deliver_review_requests": "asks the clock itself before it gives a mail up",
    "kneecare.core.jobs.heartbeat.say_alive": "notes the time, and nothing else",
    "kneecare.media.jobs.draw_pictures": "reads no date",
    "kneecare.stored.jobs.sweep": "deletes what is made anew for who asks next",
    "kneecare.stored.jobs.purge": "reads no date",
    "kneecare.search.jobs.catch_up": "makes the index anew",
}


@pytest.fixture(autouse=True)
def jobs_only(monkeypatch):
    """Every job is due at once, and none closes the connection that holds the test's transaction."""
    make_clinic()
    make_call_settings()
    monkeypatch.setattr(schedule, "close_old_connections", lambda: None)


def work(after=timedelta()):
    """One round of all jobs, with the clock at so much later than now."""
    with time_machine.travel(timezone.now() + after):
        for job in schedule.JOBS.values():
            if (
                job.name.startswith("bookings.jobs.")
                and job.run is not jobs.deliver_mail
            ):
                schedule._run(job)


@pytest.fixture
def asked():
    """A call to come and one long ago, as the worker left them."""
    work()
    return services.submit(make_call_request(slot=make_slot(), message="It clicks."))


@pytest.mark.parametrize("days", [3, 200, -3, -200])
def test_a_jump_and_back_leaves_every_request_as_it_was(asked, days):
    before = Booking.objects.values().get()

    for after in [timedelta(days=days), timedelta(days=days, hours=5), timedelta()]:
        work(after)

    assert Booking.objects.values().get() == before
    assert asked.mails.count() == 2


def test_without_the_check_the_same_jump_expires_and_erases_it(asked, monkeypatch):
    monkeypatch.setattr(schedule, "clock_is_right", lambda: True)

    work(timedelta(days=4))
    work(timedelta(days=200))

    booking = Booking.objects.get()
    assert (booking.state, booking.email, booking.message) == ("expired", "", "")


def test_a_clock_that_goes_on_as_clocks_do_stops_nothing(asked):
    for hours in range(0, 24 * 5, 20):
        work(timedelta(hours=hours))

    assert clock_check.jumped() is None
    assert Booking.objects.get().state == "expired"


def test_a_person_who_says_that_the_clock_is_right_lets_the_work_go_on(asked):
    work(timedelta(days=200))
    with time_machine.travel(timezone.now() + timedelta(days=200)):
        clock_check.trust()
    work(timedelta(days=200))

    assert Booking.objects.get().state == "expired"


def test_one_press_says_that_the_clock_is_right(asked, staff_client):
    work(timedelta(days=3))
    page = staff_client.get("/admin/")

    answer = staff_client.post("/admin/clock/", follow=True)

    assert "The clock has jumped." in page.text
    assert "The clock is trusted again." in answer.text
    assert "The clock has jumped." not in answer.text
    assert clock_check.clock_is_right()


def test_only_who_may_change_the_call_settings_may_say_so(client, django_user_model):
    editor = django_user_model.objects.create_user("ed", is_staff=True)
    client.force_login(editor)
    ClockCheck.objects.create(
        pk=1,
        seen_at=timezone.now(),
        jumped_from=timezone.now(),
        jumped_to=timezone.now(),
    )

    page = client.get("/admin/")
    answer = client.post("/admin/clock/")

    assert "The clock has jumped." in page.text
    assert "Yes, go on" not in page.text
    assert answer.status_code == 403
    assert clock_check.jumped()


def test_opening_the_address_changes_nothing(staff_client, asked):
    work(timedelta(days=3))

    assert staff_client.get("/admin/clock/").status_code == 405
    assert clock_check.jumped()


def test_every_job_needs_a_right_clock_or_says_why_it_does_not():
    autodiscover_modules("jobs")
    needing = {job.name for job in schedule.JOBS.values() if job.needs_right_clock}

    assert needing == DELETE
    assert schedule.JOBS.keys() - DELETE == HARMLESS.keys()


def test_a_mail_is_not_given_up_by_a_clock_that_jumped(monkeypatch, settings):
    work()
    make_mail(booking=make_booking())

    def fail(mail):
        raise ConnectionRefusedError

    monkeypatch.setattr(outbox, "message_for", fail)
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        outbox.deliver()

    assert OutboxMail.objects.get().state == "waiting"


@pytest.mark.parametrize("given", ["leased_until", "next_attempt_at"])
def test_a_moment_that_a_wrong_clock_gave_holds_nothing_up(mailoutbox, given):
    ahead = timezone.now() + timedelta(days=3)
    make_mail(booking=make_booking(), **{given: ahead})

    outbox.deliver()

    assert OutboxMail.objects.get().state == "sent"


@pytest.mark.parametrize("days", [3, -3])
def test_a_jump_either_way_is_told(asked, days):
    work(timedelta(days=days))

    assert clock_check.jumped()
