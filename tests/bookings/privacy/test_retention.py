"""Deleting: as long as staff set, and one person at once."""

import os
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from bookings import jobs, services
from bookings.models import Booking, BookingNote, CallSettings, CallWish, Slot
from bookings.privacy import retention
from kneecare.core.jobs.schedule import JOBS
from tests.factories import (
    make_booking,
    make_call_request,
    make_call_settings,
    make_clinic,
    make_slot,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def settings_of_calls():
    make_clinic()
    return make_call_settings()


def call_back(days_ago=0, **fields):
    wishes = ((None, "morning"),)
    booking = services.submit(make_call_request(wishes=wishes, **fields))
    Booking.objects.filter(pk=booking.pk).update(
        created_at=timezone.now() - timedelta(days=days_ago)
    )
    return booking


def test_the_worker_forgets_client_ips_every_hour():
    assert JOBS["bookings.jobs.forget_client_ips"].interval == 3600


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
def test_wishes_and_notes_go_with_the_words(staff, days, left):
    services.note(call_back(days, message="It clicks."), "Called.", by=staff)

    jobs.purge()

    assert CallWish.objects.count() == left
    assert BookingNote.objects.count() == left
    assert Booking.objects.exclude(message="").count() == left


def test_staff_set_a_shorter_time(staff):
    CallSettings.objects.update(message_days=2, contact_days=5)
    short, long = call_back(3, message="It clicks."), call_back(6)

    jobs.purge()

    short.refresh_from_db()
    long.refresh_from_db()
    assert (short.message, short.name) == ("", "Ada")
    assert (long.name, long.email, long.visitor_zone) == ("", "", "")


def test_a_moved_call_counts_from_its_new_time(staff):
    now = timezone.now()
    old = make_slot(starts_at=now + timedelta(days=2))
    booking = make_booking(slot=old, message="It clicks.", state="confirmed")
    services.move(booking, make_slot(starts_at=now + timedelta(days=20)), by=staff)
    CallSettings.objects.update(message_days=1)

    jobs.purge()

    booking.refresh_from_db()
    assert booking.message == "It clicks."


def test_mail_that_was_sent_into_a_folder_is_deleted_after_a_week(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    old, new = tmp_path / "old.log", tmp_path / "new.log"
    for path, days in [(old, 8), (new, 6)]:
        path.write_text("mail")
        then = time.time() - days * 86400
        os.utime(path, (then, then))

    jobs.purge()

    assert (old.exists(), new.exists()) == (False, True)


def test_one_person_is_erased_at_once_and_nobody_else(staff):
    ada = call_back(message="It clicks.", phone="+16025550123", referrer="/topics/a/")
    services.note(ada, "Called.", by=staff)
    bob = call_back(1, email="bob@example.com", name="Bob")

    retention.erase(Booking.objects.filter(pk=ada.pk))

    ada.refresh_from_db()
    left = [ada.name, ada.email, str(ada.phone), ada.message, ada.referrer]
    assert left == [""] * 5
    assert (ada.wishes.count(), ada.notes.count(), ada.hold_limits.count()) == (0, 0, 0)
    assert bob.wishes.count() == 1
    assert Booking.objects.get(pk=bob.pk).name == "Bob"


def test_a_time_that_is_past_goes_unless_somebody_asked_for_it():
    start = timezone.now() - timedelta(days=1)
    unasked = make_slot(starts_at=start)
    asked = make_booking(slot=make_slot(), state="completed").slot
    Slot.objects.filter(pk=asked.pk).update(starts_at=start, ends_at=start + timedelta(minutes=30))  # fmt: skip

    retention.purge()

    assert [*Slot.objects.filter(pk__in=[unasked.pk, asked.pk])] == [asked]


def test_who_gave_no_e_mail_is_forgotten_like_all_others():
    slot = make_slot(starts_at=timezone.now() - timedelta(days=181))
    make_booking(slot=slot, state="completed", email="", phone="+16025550123")

    retention.purge()

    booking = Booking.objects.get()
    assert (booking.name, booking.searchable_name, booking.phone) == ("", "", "")
