"""Reading the clinicians' other calendars: by the worker, in a lane of its own."""

import logging
from datetime import UTC, datetime, time, timedelta
from random import SystemRandom
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bookings.availability.slots import make_slots
from bookings.calendars.occurrences import Window
from bookings.calendars.sandbox import NOT_READ, find_apart
from bookings.models import BusyTime, CallSettings, ExternalCalendar
from kneecare.clinic.models import Clinic
from kneecare.core.outbound.download import NoDownload, download
from kneecare.core.sealing import CannotUnseal

logger = logging.getLogger(__name__)

LARGEST = 5_000_000  # bytes
INTERVAL = timedelta(minutes=15)
# Than calls are offered, so that an unchanged file need not be read each day.
FURTHER = timedelta(days=14)
DAY = timedelta(days=1)
BATCH = 5  # calendars in one round
ROWS = 500  # in one statement

NOT_OURS = "its address cannot be read here any more: give it again"


class NotRead(Exception):
    """In words for staff, which name neither the address nor an event."""


def read_due() -> None:
    """Read the calendars that are due, and offer no time that one of them newly says is busy."""
    for calendar in ExternalCalendar.objects.claim_each(BATCH):
        try:
            is_new = _read(calendar)
        except NotRead as error:
            calendar.try_later(str(error))
        except Exception as error:  # noqa: BLE001 - its message may hold the address, so that it is not logged
            logger.error("Calendar %s: %s", calendar.pk, type(error).__name__)
            calendar.try_later(NOT_READ)
        else:
            if is_new:
                make_slots()


def _read(calendar: ExternalCalendar) -> bool:
    """Whether its busy times are others than before."""
    window = _window()
    file, etag, last_modified = _file(calendar, window)
    if file is None:
        _settle(calendar)
        return False
    found = find_apart(file, window)
    if found.problem:
        raise NotRead(found.problem)
    about = {
        "etag": etag,
        "last_modified": last_modified,
        "read_until": window.ends,
        "read_for": window.zone.key,
        "unclear_events": found.unclear,
    }
    return _store(calendar, found.busy, about)


def _window() -> Window:
    """Its ends are midnights, so that nothing changes from one reading to the next."""
    zone = Clinic.objects.current_zone()
    today = datetime.combine(timezone.now().astimezone(UTC), time(), UTC)
    ahead = CallSettings.objects.current().horizon + FURTHER
    return Window(today - DAY, today + ahead, zone, settings.SITE.hostname or "")


def _file(calendar: ExternalCalendar, window: Window) -> tuple[bytes | None, str, str]:
    """The file, or None when what is known of it holds still; its ETag, and when it was last modified."""
    known: dict[str, str] = {}
    if _reaches(calendar, window):
        known = {"etag": calendar.etag, "last_modified": calendar.last_modified}
    try:
        got = download(calendar.address, most=LARGEST, **known)
    except CannotUnseal:
        raise NotRead(NOT_OURS) from None
    except NoDownload as error:
        raise NotRead(str(error)) from None
    if got.body is None and not known:
        raise NotRead("the site says that it did not change, and was not asked")
    return got.body, got.etag, got.last_modified


def _reaches(calendar: ExternalCalendar, window: Window) -> bool:
    """Whether the busy times that are known reach as far as calls are offered, on the clock of today."""
    if calendar.read_at is None or calendar.read_until is None:
        return False
    is_past = calendar.read_at <= timezone.now()  # else a clock was wrong
    reaches = calendar.read_until >= window.ends - FURTHER + DAY
    return is_past and reaches and calendar.read_for == window.zone.key


@transaction.atomic
def _store(
    calendar: ExternalCalendar, busy: list[tuple[datetime, datetime]], about: Any
) -> bool:
    """Put ``busy`` in the place of what was known, unless the calendar has another address by now."""
    rows = ExternalCalendar.objects.select_for_update(of=("self",))
    is_same = rows.filter(pk=calendar.pk, sealed_address=calendar.sealed_address)
    if not (is_same.exists() and _settle(calendar, **about)):
        return False
    if list(calendar.busy_times.values_list("starts_at", "ends_at")) == busy:
        return False
    calendar.busy_times.all().delete()
    BusyTime.objects.bulk_create(
        [
            BusyTime(calendar=calendar, starts_at=begins, ends_at=ends)
            for begins, ends in busy
        ],
        batch_size=ROWS,
    )
    return True


def _settle(calendar: ExternalCalendar, **about: Any) -> bool:
    part = SystemRandom().uniform(0.9, 1)  # so that not all come at once
    now = timezone.now()
    return calendar.settle(
        attempts=0,
        last_error="",
        read_at=now,
        next_attempt_at=now + INTERVAL * part,
        **about,
    )
