"""What a visitor's own page says of earlier times."""

from dataclasses import dataclass

from bookings import clock
from bookings.models import Booking, CallSettings, WaitingOffer


@dataclass(frozen=True)
class OfferedTime:
    """An earlier time that is held for one visitor, in words."""

    pk: int
    starts_at: object
    words: str
    own_words: str
    until: str
    clinician: str


@dataclass(frozen=True)
class Waiting:
    is_on_list: bool
    offered: OfferedTime | None
    while_words: str  # how long an offer stands


def waiting_of(booking: Booking) -> Waiting | None:
    """None for whoever cannot be offered an earlier time."""
    if not (booking.can_be_moved and booking.email):
        return None
    rules = CallSettings.objects.current()
    offers = booking.offers.open().select_related("slot__clinician")
    offer = next((each for each in offers if each.is_open and each.slot), None)
    if not (rules.offer_minutes or offer):
        return None
    return Waiting(
        is_on_list=booking.wants_earlier_since is not None,
        offered=offered_time(offer, booking, booking.zone) if offer else None,
        while_words=minutes_words(rules.offer_minutes),
    )


def offered_time(offer: WaitingOffer, booking: Booking, zone) -> OfferedTime:
    return OfferedTime(
        pk=offer.pk,
        starts_at=offer.starts_at,
        words=clock.moment_words(offer.starts_at, zone),
        own_words=clock.own_words(offer.starts_at, zone, booking.visitor_zone),
        until=clock.moment_words(offer.expires_at, zone),
        clinician=str(offer.slot.clinician) if offer.slot else "",
    )


def minutes_words(minutes: int) -> str:
    """Such as "1 hour", "90 minutes" or "20 minutes"."""
    if minutes % 60:
        return f"{minutes} minutes"
    hours = minutes // 60
    return "1 hour" if hours == 1 else f"{hours} hours"
