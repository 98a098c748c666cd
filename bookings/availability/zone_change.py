"""What another time zone of the clinic would do to call times and booked calls, before it is stored."""

from zoneinfo import ZoneInfo

from django.template.defaultfilters import pluralize
from django.utils import timezone

from bookings import clock
from bookings.availability.preview import outside, wanted_keys
from bookings.availability.slots import Key, read_needs
from bookings.models import Booking, Slot
from kneecare.clinic.zone_change import Shown, ZoneChange, tells_of_zone_change
from kneecare.core.admin.urls import admin_url

NEXT = 3  # booked calls that are shown


@tells_of_zone_change
def calls_in_zone(before: ZoneInfo, after: ZoneInfo) -> ZoneChange:
    """The times are made anew once the zone is stored (``slots.follow_the_zone``); a booked call keeps its moment."""
    today = timezone.localdate(timezone=after)
    wanted = wanted_keys(read_needs()._replace(zone=after, today=today))
    calls = Booking.objects.upcoming().with_call().order_by("slot__starts_at")
    return ZoneChange(
        sentences=[
            _free_words(wanted, clock.zone_name(after)),
            _booked_words(calls.count(), len(outside(wanted))),
        ],
        shown=[
            Shown(
                f"Call {call.reference}",
                admin_url(call),
                clock.moment_words(call.slot.starts_at, before),
                clock.moment_words(call.slot.starts_at, after),
            )
            for call in calls[:NEXT]
        ],
    )


def _free_words(wanted: set[Key], zone: str) -> str:
    open_slots = Slot.objects.upcoming().filter(state=Slot.State.OPEN)
    key = ["clinician_id", "starts_at", "ends_at"]
    free = set(open_slots.free().values_list(*key))
    new = wanted - set(open_slots.values_list(*key))
    gone = len(free - wanted)
    if not (gone or new):
        return "No free call time moves."
    return (
        f"{gone} of {len(free)} free call times {pluralize(gone, 'goes,go')}, and {len(new)} new "
        f"{pluralize(len(new), 'one is,ones are')} offered, at your hours on the clock of {zone}."
    )


def _booked_words(booked: int, hit: int) -> str:
    if not booked:
        return "No call is booked."
    words = (
        f"{booked} booked call{pluralize(booked, ' keeps its moment,s keep their moment')}, "
        f"and {pluralize(booked, 'is,are')} shown on the other clock; no mail tells anybody of it."
    )
    if hit:
        words += f" {hit} of them would be outside your hours. Nothing is cancelled: move or cancel {pluralize(hit, 'it,them')} yourself."
    return words
