"""When no call is offered though the hours ask for it: of the whole clinic, of one clinician, or a part of their days."""

from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bookings.availability.grid import Span
from bookings.models import Closure


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


def without_time_off(
    clinician: int, spans: list[Span], closed: list[Closed], zone: ZoneInfo
) -> list[Span]:
    """Those of ``spans`` that no time off of ``clinician`` takes. Days on which all is closed are not in them."""
    partly = [each for each in closed if not each.is_whole_clinic]
    if not partly:
        return spans

    def is_free(span: Span) -> bool:
        start, end = (each.astimezone(zone).replace(tzinfo=None) for each in span)
        return not any(each.covers(clinician, start, end) for each in partly)

    return [span for span in spans if is_free(span)]
