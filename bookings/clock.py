"""How a moment is said to people: on the clinic's clock, with the zone's name."""

from django.utils.dateformat import format as format_date


def day_words(day):
    return format_date(day, "l, F j")


def time_words(moment, zone):
    return format_date(moment.astimezone(zone), "g:i A")


def moment_words(moment, zone):
    """Such as "Tuesday, November 24, 2026 at 9:00 AM MST (America/Phoenix)"."""
    local = moment.astimezone(zone)
    return f"{format_date(local, 'l, F j, Y')} at {time_words(moment, zone)} {zone_words(moment, zone)}"


def zone_words(moment, zone):
    """Such as "MST (America/Phoenix)"; zones without a short name of their own give only the long one."""
    short = moment.astimezone(zone).tzname()
    return f"{short} ({zone})" if short and short.isalpha() else f"{zone} time"
