"""What the worker makes of clinicians' other calendars: which times are offered, what is kept, and what is told when one cannot be read."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bookings import jobs
from bookings.availability.slots import make_slots, read_needs
from bookings.calendars import sync
from bookings.exceptions import SlotTaken
from bookings.models import Booking, BusyTime, CallSettings, ExternalCalendar, Slot
from bookings.services import submit
from kneecare.clinic.models import Clinic
from kneecare.core.jobs.schedule import JOBS
from kneecare.core.outbound.download import Download, NoDownload
from tests.at_once import WINNER, at_once
from tests.bookings.calendars.files import SECRET_WORDS, calendar, event, once
from tests.factories import (
    make_booking,
    make_call_request,
    make_clinician,
    make_external_calendar,
    make_hours,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clinic")]

NOW = datetime(2026, 9, 30, 12, tzinfo=UTC)  # a Wednesday
NINE = datetime(2026, 10, 5, 16, tzinfo=UTC)  # on Monday, in Phoenix
HALF = timedelta(minutes=30)
AT_NINE = once("20261005T160000Z", "20261005T163000Z")


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW) as traveller:
        yield traveller


@pytest.fixture
def site(monkeypatch):
    """The other site: ``site.says(…)`` is its next answer; ``site.asked`` keeps what it was asked."""

    class Site:
        asked = []

        def says(self, *parts, **headers):
            self.answer = Download(calendar(*parts), **headers)

        def fails(self, words="no answer"):
            self.answer = NoDownload(words)

        def did_not_change(self):
            self.answer = Download(None)

        def download(self, url, **options):
            self.asked.append((url, options))
            if isinstance(self.answer, NoDownload):
                raise self.answer
            return self.answer

    site = Site()
    site.asked = []
    monkeypatch.setattr(sync, "download", site.download)
    return site


@pytest.fixture
def ana(clinic):
    """She offers half past nine and nine on Mondays."""
    hours = make_hours(clinician=make_clinician(name="Ana Ruiz"))
    CallSettings.objects.update(horizon_days=7)
    make_slots()
    return hours.clinician


@pytest.fixture
def other(ana):
    return make_external_calendar(clinician=ana)


def read():
    """One round of the worker, with all calendars due."""
    ExternalCalendar.objects.update(next_attempt_at=timezone.now())
    jobs.read_other_calendars()


def offered():
    zone = Clinic.objects.current_zone()
    slots = Slot.objects.bookable(CallSettings.objects.current(), zone)
    return list(slots.values_list("starts_at", flat=True))


def stored():
    return list(BusyTime.objects.values_list("starts_at", "ends_at"))


def test_a_busy_time_is_not_offered_and_is_again_when_it_is_gone(site, other):
    assert offered() == [NINE, NINE + HALF]

    site.says(AT_NINE)
    read()
    assert offered() == [NINE + HALF]

    site.says()
    read()
    assert offered() == [NINE, NINE + HALF]


def test_a_busy_time_blocks_its_own_clinician_only(site, other):
    bob = make_clinician(name="Bob Cole")
    make_hours(clinician=bob)
    site.says(AT_NINE)

    read()

    at_nine = Slot.objects.filter(starts_at=NINE, state="open")
    assert [slot.clinician for slot in at_nine] == [bob]


def test_each_calendar_of_a_clinician_counts(site, other):
    site.says(AT_NINE)
    read()
    ExternalCalendar.objects.update(next_attempt_at=NOW + timedelta(minutes=30))
    make_external_calendar(clinician=other.clinician)
    site.says(once("20261005T163000Z", "20261005T170000Z"))

    jobs.read_other_calendars()

    assert offered() == []


def test_a_minute_that_is_shared_blocks_and_one_that_touches_does_not(site, other):
    site.says(once("20261005T152900Z", "20261005T160100Z"), once("20261005T170000Z", "20261005T180000Z", uid="b"))  # fmt: skip

    read()

    assert offered() == [NINE + HALF]


def test_nothing_of_an_event_is_kept_but_its_times(site, other, caplog):
    caplog.set_level("DEBUG")
    words = ["SUMMARY", "DESCRIPTION", "LOCATION", "ATTENDEE", "COMMENT"]
    lines = [f"{name}:{SECRET_WORDS}" for name in words]
    broken = event("DTSTART:broken", *lines, uid=SECRET_WORDS)
    site.says(once("20261005T160000Z", "20261005T163000Z", *lines), broken)

    read()

    assert stored() == [(NINE, NINE + HALF)]
    assert {field.name for field in BusyTime._meta.fields} == {
        *["id", "calendar", "starts_at", "ends_at"]
    }
    kept = str(list(ExternalCalendar.objects.values()))
    assert "lawyer" not in kept + caplog.text
    assert ExternalCalendar.objects.get().unclear_events == 1


def test_the_address_is_sealed_in_the_database_and_in_no_log(site, other, caplog):
    caplog.set_level("DEBUG")
    site.fails()

    read()

    assert site.asked[0][0] == "https://calendar.example/private-c2VjcmV0/basic.ics"
    assert "private-c2VjcmV0" not in str(list(ExternalCalendar.objects.values()))
    assert "private-c2VjcmV0" not in caplog.text + str(other)


def test_an_address_that_was_sealed_with_another_secret_is_to_be_given_again(site, other, settings):  # fmt: skip
    settings.SECRET_KEY = "another-secret-that-nobody-remembers"

    read()

    assert site.asked == []
    assert "give it again" in ExternalCalendar.objects.get().last_error


def test_a_file_that_did_not_change_is_asked_for_by_its_marks_and_stays(site, other):
    site.says(AT_NINE, etag='"7"', last_modified="yesterday")
    read()
    site.did_not_change()

    read()

    assert site.asked[1][1] == {
        "most": 5_000_000,
        "etag": '"7"',
        "last_modified": "yesterday",
    }
    assert offered() == [NINE + HALF]
    assert ExternalCalendar.objects.get().attempts == 0


@pytest.mark.parametrize("what", ["farther", "later", "zone", "address"])
def test_the_whole_file_is_asked_for_when_what_is_known_no_longer_reaches(site, other, now, what):  # fmt: skip
    site.says(AT_NINE, etag='"7"')
    read()
    match what:
        case "farther":
            CallSettings.objects.update(horizon_days=60)
        case "later":
            now.move_to(NOW + timedelta(days=14))
        case "zone":
            Clinic.objects.update(time_zone="America/New_York")
        case "address":
            other.refresh_from_db()
            other.take_address("https://calendar.example/new.ics")
            other.save()

    read()

    assert site.asked[1][1] == {"most": 5_000_000}


def test_an_unchanged_calendar_writes_no_busy_time_and_makes_no_times(site, other, monkeypatch):  # fmt: skip
    site.says(AT_NINE)
    read()
    before = list(BusyTime.objects.values())
    monkeypatch.setattr(sync, "make_slots", None)

    read()

    assert list(BusyTime.objects.values()) == before


def test_a_failure_keeps_what_was_read_last_and_comes_back_later_each_time(site, other):
    site.says(AT_NINE)
    read()
    site.fails("the site answers 500")
    waits = []

    for _ in range(8):
        read()
        failed = ExternalCalendar.objects.get()
        waits.append(failed.next_attempt_at - timezone.now())

    assert offered() == [NINE + HALF]
    assert failed.last_error == "the site answers 500"
    # Twice as long each time, up to two hours, and scattered over the later half of it.
    for number, wait in enumerate(waits):
        whole = min(timedelta(minutes=10) * 2**number, timedelta(hours=2))
        assert whole / 2 <= wait <= whole


@pytest.mark.parametrize(
    "body",
    [b"<html>Sign in</html>", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", b""],
)
def test_a_broken_file_keeps_what_was_read_last(site, other, body):
    site.says(AT_NINE)
    read()
    site.answer = Download(body)

    read()

    assert "no calendar file" in ExternalCalendar.objects.get().last_error
    assert stored() == [(NINE, NINE + HALF)]


def test_a_calendar_that_was_not_read_for_six_hours_is_stale_and_fine_after_a_success(site, other, now):  # fmt: skip
    site.says()
    read()
    site.fails()
    now.move_to(NOW + timedelta(hours=5))
    read()
    assert not ExternalCalendar.objects.stale().exists()

    now.move_to(NOW + timedelta(hours=7))
    assert ExternalCalendar.objects.stale().exists()
    assert ExternalCalendar.objects.get().is_stale

    site.says()
    read()
    assert not ExternalCalendar.objects.stale().exists()


def test_one_that_could_not_be_read_at_all_is_stale_at_once(site, other):
    assert not ExternalCalendar.objects.stale().exists()
    site.fails()

    read()

    assert ExternalCalendar.objects.stale().exists()


def test_one_that_fails_holds_up_no_other(site, other, monkeypatch):
    make_external_calendar(clinician=make_clinician())
    answers = iter([NoDownload("no answer"), Download(calendar(AT_NINE))])

    def answer(url, **options):
        found = next(answers)
        if isinstance(found, NoDownload):
            raise found
        return found

    monkeypatch.setattr(sync, "download", answer)

    read()

    assert [bool(each.last_error) for each in ExternalCalendar.objects.order_by("pk")] == [True, False]  # fmt: skip


def test_what_nobody_thought_of_is_tried_later_and_logged_without_its_words(site, other, monkeypatch, caplog):  # fmt: skip
    def fall(url, **options):
        raise RuntimeError(f"{url} {SECRET_WORDS}")

    monkeypatch.setattr(sync, "download", fall)

    read()

    assert ExternalCalendar.objects.get().last_error == "it cannot be read"
    assert "RuntimeError" in caplog.text
    assert "lawyer" not in caplog.text
    assert "private" not in caplog.text


def test_nobody_asks_for_the_calendar_of_somebody_who_has_left(site, other):
    other.clinician.archive(on=date(2026, 9, 1))

    read()

    assert site.asked == []


def test_the_worker_reads_in_a_lane_of_its_own():
    lanes = {job.lane for job in JOBS.values() if job.run is not jobs.read_other_calendars}  # fmt: skip

    assert JOBS["bookings.jobs.read_other_calendars"].lane not in lanes


def test_an_address_that_changes_while_the_old_one_is_read_gets_nothing_of_it(site, other, monkeypatch):  # fmt: skip
    def slow(url, **options):
        now = ExternalCalendar.objects.get()
        now.take_address("https://calendar.example/new.ics")
        now.save()
        return Download(calendar(AT_NINE))

    monkeypatch.setattr(sync, "download", slow)

    read()

    assert stored() == []
    assert ExternalCalendar.objects.get().read_at is None


def test_a_booked_call_that_a_busy_time_hits_stays_booked_and_is_shown(site, other):
    hit = make_booking(slot=Slot.objects.get(starts_at=NINE), state="confirmed")
    make_booking(slot=Slot.objects.get(starts_at=NINE + HALF), state="confirmed")
    site.says(AT_NINE)

    read()

    hit.refresh_from_db()
    assert (hit.state, hit.version) == ("confirmed", 1)
    assert list(Booking.objects.in_busy_time()) == [hit]
    assert not hit.mails.exists()


def test_a_call_that_staff_set_beside_the_hours_is_shown_as_well(site, other):
    slot = Slot.objects.create(
        clinician=other.clinician,
        starts_at=NINE + timedelta(hours=5),
        ends_at=NINE + timedelta(hours=5, minutes=30),
        state="assigned",
    )
    hit = make_booking(slot=slot, state="confirmed")
    site.says(once("20261005T211500Z", "20261005T220000Z"))

    read()

    assert list(Booking.objects.in_busy_time()) == [hit]


@pytest.mark.parametrize("state", ["declined", "cancelled_by_visitor", "completed"])
def test_a_call_that_is_over_is_hit_by_nothing(site, other, state):
    make_booking(slot=Slot.objects.get(starts_at=NINE), state=state)
    site.says(AT_NINE)

    read()

    assert not Booking.objects.in_busy_time().exists()


def test_a_time_that_became_busy_is_refused_kindly_to_who_still_sees_it(site, other):
    seen = Slot.objects.get(starts_at=NINE)
    site.says(AT_NINE)
    read()

    with pytest.raises(SlotTaken):
        submit(make_call_request(slot=seen))


@pytest.mark.parametrize("count", [1, 1000])
def test_many_busy_times_cost_as_many_queries_as_one(other, count):
    def add(some):
        BusyTime.objects.bulk_create(
            BusyTime(
                calendar=other,
                starts_at=NINE + timedelta(hours=n),
                ends_at=NINE + timedelta(hours=n, minutes=30),
            )
            for n in some
        )

    def cost():
        with CaptureQueriesContext(connection) as asked:
            make_slots()
            offered()
            list(Booking.objects.with_call().with_busy_time())
            list(Booking.objects.in_busy_time())
        return len(asked)

    make_booking(slot=Slot.objects.get(starts_at=NINE), state="confirmed")
    add([0])
    make_slots()
    before = cost()
    add(range(1, count))

    assert cost() == before
    assert len(read_needs().busy[other.clinician_id]) == count


@pytest.mark.django_db(transaction=True)
def test_whoever_books_while_a_busy_time_comes_in_has_a_call_that_staff_see_or_none(site, other):  # fmt: skip
    """Round by round, either the visitor was first and staff see the hit, or the time was gone."""
    for number in range(5):
        Booking.objects.all().delete()
        BusyTime.objects.all().delete()
        make_slots()
        slot = Slot.objects.get(starts_at=NINE, state="open")
        site.says(AT_NINE)
        asked = make_call_request(slot=slot, email=f"ada{number}@example.com")

        outcome = at_once(lambda asked=asked: submit(asked), read)
        connections.close_all()

        booked = Booking.objects.active().filter(slot__isnull=False).exists()
        assert set(outcome) <= {WINNER, SlotTaken}
        assert booked == (outcome[WINNER] == 2)
        assert Booking.objects.in_busy_time().exists() == booked
        assert NINE not in offered()
