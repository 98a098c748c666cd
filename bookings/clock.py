"""How a moment is said to people: on the clinic's clock, with the zone's name."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.dateformat import format as format_date

from bookings.states import State

# As people in the United States call them. The states with a clock of their own go by their own name.
US_ZONES = {
    "America/New_York": "Eastern",
    "America/Detroit": "Eastern",
    "America/Chicago": "Central",
    "America/Denver": "Mountain",
    "America/Boise": "Mountain",
    "America/Phoenix": "Arizona",
    "America/Los_Angeles": "Pacific",
    "America/Anchorage": "Alaska",
    "Pacific/Honolulu": "Hawaii",
}


def day_words(day):
    return format_date(day, "l, F j")


def time_words(moment, zone):
    return format_date(moment.astimezone(zone), "g:i A")


def moment_words(moment, zone):
    """Such as "Tuesday, November 24, 2026 at 9:00 AM Arizona time (MST)"."""
    local = moment.astimezone(zone)
    return f"{format_date(local, 'l, F j, Y')} at {time_words(moment, zone)} {zone_words(moment, zone)}"


def short_words(moment, zone):
    """Such as "Tue, Nov 24, 2026, 9:00 AM", where the zone is said once for a whole list."""
    local = moment.astimezone(zone)
    return f"{format_date(local, 'D, M j, Y')}, {time_words(moment, zone)}"


def text_words(moment, zone):
    """Such as "Tue, Nov 24, 9:00 AM Arizona time": short enough for a text message."""
    local = moment.astimezone(zone)
    return f"{format_date(local, 'D, M j')}, {time_words(moment, zone)} {zone_name(zone)} time"


def zone_words(moment, zone):
    """Such as "Arizona time (MST)"; zones without a short name of their own give only the long one."""
    short = moment.astimezone(zone).tzname()
    name = zone_name(zone)
    if short == name:
        return name  # UTC
    return f"{name} time ({short})" if short and short.isalpha() else f"{name} time"


def zone_name(zone):
    """What people call ``zone``: by its part of the United States, elsewhere by its city."""
    key = str(zone)
    return US_ZONES.get(key) or key.rpartition("/")[2].replace("_", " ")


def both(booking, zone):
    """When the call is, on the clinic's clock and, where that shows something else, on the visitor's own.

    And until when its time is held, where that ends before somebody answers.
    """
    if booking.slot is None:
        return {"call_time": None, "own_time": "", "hold_end": ""}
    moment, end = booking.slot.starts_at, booking.hold_ends_at
    is_held = end and booking.state == State.REQUESTED
    return {
        "call_time": moment_words(moment, zone),
        "own_time": own_words(moment, zone, booking.visitor_zone),
        "hold_end": moment_words(end, zone) if is_held else "",
    }


def own_words(moment, zone, visitor_zone):
    """``moment`` on the visitor's clock; nothing where that is not known or shows the same as the clinic's."""
    own = _zone(visitor_zone)
    local = moment.astimezone(zone)
    if own is None or local.utcoffset() == moment.astimezone(own).utcoffset():
        return ""
    return moment_words(moment, own)


def _zone(name):
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
