"""When no call is offered though the hours ask for it: of the whole clinic, of one clinician, a part of their days, or while their calendar says that they are busy."""

from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bookings.availability.grid import Span, clear_of
from bookings.models import BusyTime, Closure


class Closed(NamedTuple):
    first_day: date
    last_day: date
    clinician: int | None  # None for everybody
    starts: time | None  # None for the whole day
    ends: time | None

    @property
    def is_whole_clinic(self) -> bool:
        return self.clinician is None and self.starts is None

    def covers(self, clinician: int, start: datetime, end: datetime) -> bool:
        """Whether a call of ``clinician`` would run into it; ``start`` and ``end`` are on the clinic's wall clock."""
        day = start.date()
        if self.clinician not in (None, clinician):
            return False
        if not self.first_day <= day <= self.last_day:
            return False
        if self.starts is None or self.ends is None:
            return True
        begins = datetime.combine(day, self.starts)
        return start < datetime.combine(day, self.ends) and end > begins


def read_closed() -> list[Closed]:
    names = ["first_day", "last_day", "clinician_id", "starts", "ends"]
    return [Closed(*row) for row in Closure.objects.order_by("pk").values_list(*names)]


def read_busy() -> dict[int, list[Span]]:
    """When each clinician is busy, as their calendars elsewhere say."""
    rows = BusyTime.objects.of_pending_calendars().order_by("pk")
    names = ["calendar__clinician_id", "starts_at", "ends_at"]
    busy: dict[int, list[Span]] = {}
    for clinician, *span in rows.values_list(*names):
        busy.setdefault(clinician, []).append((span[0], span[1]))
    return busy


def without_what_is_closed(
    clinician: int,
    spans: list[Span],
    closed: list[Closed],
    busy: list[Span],
    zone: ZoneInfo,
) -> list[Span]:
    """Those of ``spans`` that neither time off of ``clinician`` takes, nor what they are ``busy`` with. Days on which all is closed are not in them."""
    spans = clear_of(spans, busy)
    partly = [each for each in closed if not each.is_whole_clinic]
    if not partly:
        return spans

    def is_free(span: Span) -> bool:
        start, end = (each.astimezone(zone).replace(tzinfo=None) for each in span)
        return not any(each.covers(clinician, start, end) for each in partly)

    return [span for span in spans if is_free(span)]
