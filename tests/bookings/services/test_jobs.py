from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from bookings import jobs, services
from bookings.exceptions import ChangedMeanwhile
from bookings.models import Booking, Slot
from kneecare.core.jobs.schedule import JOBS
from tests.factories import (
    make_booking,
    make_call_settings,
    make_clinic,
    make_hours,
    make_mail,
    make_slot,
)

pytestmark = pytest.mark.django_db

PERSON = {"name": "Ada", "email": "ada@example.com", "phone": "+16025550123"}
WORDS = {
    **PERSON,
    "message": "It clicks.",
    "fingerprint": "abc",
    "referrer": "/topics/",
}


@pytest.fixture(autouse=True)
def clinic():
    return make_clinic()


def ago(days):
    return timezone.now() - timedelta(days=days)


def past_call(days, **fields):
    """A request whose call ended ``days`` ago and was made long before."""
    slot = make_slot(starts_at=ago(days) - timedelta(minutes=30), ends_at=ago(days))
    old = {"created_at": ago(days + 100), "decided_at": ago(days + 90)}
    return make_booking(
        **{**WORDS, **old, "slot": slot, "state": "completed", **fields}
    )


def kept(booking):
    """What is left of what the visitor gave."""
    stored = Booking.objects.get(pk=booking.pk)
    return {name for name in WORDS if getattr(stored, name)}


@pytest.mark.parametrize(
    ("name", "seconds"),
    [
        ("deliver_mail", 1),
        ("extend_slots", 3600),
        ("expire_unanswered", 3600),
        ("purge", 86400),
    ],
)
def test_the_worker_knows_the_job(name, seconds):
    assert JOBS[f"bookings.jobs.{name}"].interval == seconds


def test_deliver_mail_sends_mail():
    make_mail()

    jobs.deliver_mail()

    assert len(mail.outbox) == 1


def test_extend_slots_makes_slots():
    make_call_settings()
    make_hours()

    jobs.extend_slots()

    assert Slot.objects.exists()


def test_a_request_that_nobody_answered_expires_after_its_time():
    late = past_call(0, state="requested")
    waiting = make_booking()
    enquiry = make_booking(kind="say_hi", created_at=ago(20))

    jobs.expire_unanswered()

    states = dict(Booking.objects.values_list("pk", "state"))
    assert states == {
        late.pk: "expired",
        waiting.pk: "requested",
        enquiry.pk: "requested",
    }


def test_a_request_that_is_answered_in_that_moment_does_not_stop_the_others(
    monkeypatch,
):
    past_call(0, state="requested")
    past_call(1, state="requested")
    asked = []

    def lose(booking):
        asked.append(booking)
        raise ChangedMeanwhile

    monkeypatch.setattr(services, "expire", lose)
    jobs.expire_unanswered()

    assert len(asked) == 2


@pytest.mark.parametrize(
    ("days", "what_is_kept"),
    [
        (29, set(WORDS)),
        (31, {"name", "email", "phone", "referrer"}),
        (179, {"name", "email", "phone", "referrer"}),
        (181, set()),
    ],
)
def test_purge_deletes_words_after_30_days_and_the_person_after_180(days, what_is_kept):
    booking = past_call(days)

    jobs.purge()

    assert kept(booking) == what_is_kept


def test_purge_counts_from_the_decision_when_there_is_no_call():
    far = make_slot(starts_at=timezone.now() + timedelta(days=20))
    declined = make_booking(**WORDS, slot=far, state="declined", decided_at=ago(31))
    just_declined = past_call(0, state="declined", decided_at=ago(29))

    jobs.purge()

    assert "message" not in kept(declined)
    assert "message" in kept(just_declined)


def test_purge_counts_from_the_day_an_enquiry_came_in():
    old = make_booking(**WORDS, kind="say_hi", created_at=ago(31))
    new = make_booking(**WORDS, kind="say_hi", created_at=ago(29), decided_at=ago(0))

    jobs.purge()

    assert "message" not in kept(old)
    assert "message" in kept(new)


def test_purge_keeps_a_call_to_come_however_long_ago_it_was_asked_for():
    booking = make_booking(**WORDS, created_at=ago(200), decided_at=ago(190))

    jobs.purge()

    assert kept(booking) == set(WORDS)


def test_purge_leaves_the_request_itself_and_its_history(staff):
    booking = past_call(181, state="confirmed")
    services.complete(booking, by=staff)

    jobs.purge()

    assert Booking.objects.get().state == "completed"
    assert booking.events.count() == 1


def test_purge_removes_past_times_that_nobody_asked_for():
    make_slot(starts_at=ago(2))
    asked_for = past_call(1).slot
    to_come = make_slot()

    jobs.purge()

    assert set(Slot.objects.all()) == {asked_for, to_come}


def test_mail_to_somebody_who_was_forgotten_is_not_sent():
    make_mail(booking=make_booking(email="", name=""))

    jobs.deliver_mail()

    assert mail.outbox == []
