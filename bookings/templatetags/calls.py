from django import template

from bookings import clock
from bookings.meeting import mailto, phone_words

register = template.Library()
register.filter(phone_words)
register.filter(mailto)


@register.filter
def call_moment(booking):
    """When a booking's call is, on the clinic's clock; nothing when it has none."""
    slot = booking.slot
    return clock.moment_words(slot.starts_at, booking.zone) if slot else ""


@register.filter
def zone_name(zone):
    """What people call the clinic's time zone."""
    return f"{clock.zone_name(zone)} time"


@register.filter
def call_time(booking):
    """The time of day of a booking's call, on the clinic's clock."""
    return clock.time_words(booking.slot.starts_at, booking.zone)
