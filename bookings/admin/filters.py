"""How the front desk narrows the queue down."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import admin
from django.core.paginator import Page, Paginator
from django.utils import timezone

from bookings.models import Booking
from bookings.models.booking_queryset import BookingQuerySet
from bookings.referrers import REFERRERS
from kneecare.clinic.models import Clinic


class Tab(NamedTuple):
    key: str
    label: str
    ordering: list[str]
    rows: Callable[[BookingQuerySet], BookingQuerySet]
    is_work: bool = True  # to do: the tab says how many there are


def _today(bookings):
    zone = Clinic.objects.current().zone
    return bookings.calls_on(timezone.localdate(timezone=zone), zone)


WISHED_FIRST = ["wants_earlier_since", "pk"]
BY_CALL, NEWEST, OLDEST = ["slot__starts_at"], ["-created_at"], ["created_at"]
FIRST = Tab("needs", "Need an answer", OLDEST, BookingQuerySet.need_answer)
ALL = Tab("all", "All", NEWEST, BookingQuerySet.all, is_work=False)
TABS = [
    FIRST,
    Tab("new", "New", NEWEST, BookingQuerySet.new),
    Tab("today", "Today", BY_CALL, _today),
    Tab("upcoming", "Upcoming", BY_CALL, BookingQuerySet.upcoming),
    Tab(
        "waiting",
        "Waiting list",
        WISHED_FIRST,
        BookingQuerySet.on_waiting_list,
        is_work=False,
    ),
    Tab("outside", "Outside hours", BY_CALL, BookingQuerySet.outside_hours),
    Tab("busy", "In a busy time", BY_CALL, BookingQuerySet.in_busy_time),
    Tab("past", "Past", NEWEST, BookingQuerySet.over, is_work=False),
    ALL,
]


def tab_of(key):
    """The tab that a URL names; all requests where it names none."""
    return next((tab for tab in TABS if tab.key == key), ALL)


class WhenFilter(admin.SimpleListFilter):
    """The tabs: shown above the list, so that this filter itself shows nothing."""

    title = "when"
    parameter_name = "when"
    template = "bookings/admin/hidden_filter.html"

    def lookups(self, request, model_admin):
        return [(tab.key, tab.label) for tab in TABS]

    def queryset(self, request, queryset):
        return tab_of(self.value()).rows(queryset)


class ReferrerFilter(admin.SimpleListFilter):
    title = "the page they came from"
    parameter_name = "source"

    def lookups(self, request, model_admin):
        return [(referrer.key, referrer.label) for referrer in REFERRERS]

    def queryset(self, request, queryset):
        for referrer in REFERRERS:
            if referrer.key == self.value():
                return queryset.filter(referrer.condition)
        return queryset


def tabs(current):
    """Each tab as the list shows it, with how many requests wait under those that are work to do."""
    bookings = Booking.objects.all()
    return [
        {
            "key": tab.key,
            "label": tab.label,
            "count": tab.rows(bookings).count() if tab.is_work else None,
            "is_current": tab.key == current,
        }
        for tab in TABS
    ]


class KeyPaginator(Paginator):
    """Finds the keys of a page first, by an index alone, and reads only the rows that it shows.

    Otherwise page 1,000 would read, and join, all rows of the pages before it.
    """

    def page(self, number):
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        found: Any = self.object_list
        keys = found.values_list("pk", flat=True)
        shown = list(keys[first : first + self.per_page])
        return Page(found.filter(pk__in=shown), number, self)
