"""How the front desk narrows the queue down."""

from typing import NamedTuple

from django.contrib import admin
from django.utils import timezone

from bookings.models import Booking
from bookings.referrers import SOURCES
from kneecare.clinic.models import Clinic


class Tab(NamedTuple):
    key: str
    label: str
    ordering: list[str]


BY_CALL, NEWEST, OLDEST = ["slot__starts_at"], ["-created_at"], ["created_at"]
TABS = [
    Tab("needs", "Need an answer", OLDEST),
    Tab("new", "New", NEWEST),
    Tab("today", "Today", BY_CALL),
    Tab("upcoming", "Upcoming", BY_CALL),
    Tab("outside", "Outside hours", BY_CALL),
    Tab("past", "Past", NEWEST),
    Tab("all", "All", NEWEST),
]
FIRST = TABS[0]


def ordering_of(key):
    return next((tab.ordering for tab in TABS if tab.key == key), NEWEST)


def rows_of(key, bookings):
    """The requests of ``bookings`` that stand under a tab."""
    match key:
        case "needs":
            return bookings.need_answer()
        case "new":
            return bookings.new()
        case "today":
            zone = Clinic.objects.current().zone
            return bookings.calls_on(timezone.localdate(timezone=zone), zone)
        case "upcoming":
            return bookings.upcoming()
        case "outside":
            return bookings.outside_hours()
        case "past":
            return bookings.over()
    return bookings


class WhenFilter(admin.SimpleListFilter):
    """The tabs: shown above the list, so that this filter itself shows nothing."""

    title = "when"
    parameter_name = "when"
    template = "bookings/admin/hidden_filter.html"

    def lookups(self, request, model_admin):
        return [(tab.key, tab.label) for tab in TABS]

    def queryset(self, request, queryset):
        return rows_of(self.value(), queryset)


class SourceFilter(admin.SimpleListFilter):
    title = "the page they came from"
    parameter_name = "source"

    def lookups(self, request, model_admin):
        return [(source.key, source.label) for source in SOURCES]

    def queryset(self, request, queryset):
        for source in SOURCES:
            if source.key == self.value():
                return queryset.filter(source.condition)
        return queryset


def tabs(current):
    """Each tab as the list shows it, with how many requests wait under those that are work to do."""
    counted = {
        tab.key: rows_of(tab.key, Booking.objects.all()).count()
        for tab in TABS
        if tab.key not in ("past", "all")
    }
    return [
        {
            "key": tab.key,
            "label": tab.label,
            "count": counted.get(tab.key),
            "is_current": tab.key == current,
        }
        for tab in TABS
    ]
