"""What became of the requests of the last twelve weeks: of each kind, and with each clinician, by the week in which they came in."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q

from bookings.dashboard.weeks import last_weeks, week_number
from bookings.models import Booking, BookingEvent
from bookings.states import State

MOST_PAGES = 10


class Counts(NamedTuple):
    asked: int = 0
    confirmed: int = 0
    kept: int = 0  # the call took place, or the enquiry was answered
    no_show: int = 0

    def plus(self, other: "Counts") -> "Counts":
        return Counts(*map(sum, zip(self, other, strict=True)))


@dataclass(frozen=True)
class Group:
    """The requests of one kind, or with one clinician."""

    name: str
    weeks: list[tuple[date, Counts]]

    @property
    def total(self) -> Counts:
        return _sum(counts for _, counts in self.weeks)


@dataclass(frozen=True)
class Outcomes:
    everything: Group
    kinds: list[Group]
    clinicians: list[Group]
    pages: list[tuple[str, int]]  # that led to a request, the most first

    @property
    def groups(self) -> list[Group]:
        """All of them, but for kinds or clinicians that are the only one."""
        parts = [some for some in (self.kinds, self.clinicians) if len(some) > 1]
        return [self.everything, *(group for some in parts for group in some)]


def outcomes(zone) -> Outcomes:
    weeks = last_weeks(zone)
    mondays = [week.monday for week in weeks]
    rows = list(_rows(weeks))
    names = {row["slot__clinician"]: row["slot__clinician__name"] for row in rows}
    people = sorted((name, pk) for pk, name in names.items() if pk)
    asked = {row["kind"] for row in rows}
    return Outcomes(
        everything=_group("All requests", mondays, rows),
        kinds=[
            _group(label, mondays, [row for row in rows if row["kind"] == kind])
            for kind, label in Booking.Kind.choices
            if kind in asked
        ],
        clinicians=[
            _group(
                f"With {name}",
                mondays,
                [row for row in rows if row["slot__clinician"] == pk],
            )
            for name, pk in people
        ],
        pages=_pages(weeks),
    )


def _rows(weeks):
    """One row for each week, kind and clinician that there is; one question, however many requests there are."""
    on_from_there = BookingEvent.objects.filter(
        booking=OuterRef("pk"), from_state=State.CONFIRMED
    ).exclude(action=BookingEvent.Action.UNDONE)
    was_confirmed = Q(state=State.CONFIRMED) | Q(Exists(on_from_there))
    requests = Booking.objects.filter(created_at__gte=weeks[0].starts).order_by()
    return requests.values(
        "kind", "slot__clinician", "slot__clinician__name", week=week_number(weeks)
    ).annotate(
        asked=Count("pk"),
        confirmed=Count("pk", filter=was_confirmed),
        kept=Count("pk", filter=Q(state=State.COMPLETED)),
        no_show=Count("pk", filter=Q(state=State.NO_SHOW)),
    )


def _group(name: str, mondays: list[date], rows) -> Group:
    found = {
        number: _sum(
            Counts(*(row[field] for field in Counts._fields))
            for row in rows
            if row["week"] == number
        )
        for number in range(len(mondays))
    }
    return Group(name, [(day, found[number]) for number, day in enumerate(mondays)])


def _sum(many) -> Counts:
    total = Counts()
    for counts in many:
        total = total.plus(counts)
    return total


def _pages(weeks) -> list[tuple[str, int]]:
    came = Booking.objects.filter(created_at__gte=weeks[0].starts).exclude(referrer="")
    paths = came.order_by().values_list("referrer").annotate(count=Count("pk"))
    return list(paths.order_by("-count", "referrer")[:MOST_PAGES])
