"""How much one visitor can hold at once: three call times, and three open call-backs."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from bookings.exceptions import TooMany
from bookings.models import Seat
from bookings.models.seat import NUMBERS
from kneecare.core.http.client_ip import network_of

ADDRESS_KEPT = timedelta(hours=24)  # a household or an office may share one
CALL_BACK_KEPT = timedelta(days=7)


def address_key(address):
    """A keyed hash of a network address; of its first half for IPv6, as one household has all of the rest."""
    known = network_of(address)
    return _hash("address", known) if known else ""


def take_call(booking):
    """Take a seat for the call: of its e-mail address until it is over, of its network address for a day."""
    until = booking.slot.ends_at
    seats = {_mail_key("call", booking.email): until}
    if booking.sender_key:
        seats[booking.sender_key] = min(until, timezone.now() + ADDRESS_KEPT)
    _take(booking, seats)


def take_call_back(booking):
    """Take a seat of the e-mail address alone: who shares a network address with others is still called back."""
    until = timezone.now() + CALL_BACK_KEPT
    _take(booking, {_mail_key("call back", booking.email): until})


def keep_until(booking, moment):
    """The call was moved: so is the end of its seat."""
    key = _mail_key("call", booking.email)
    booking.seats.filter(key=key).update(expires_at=moment)


def release(booking):
    booking.seats.all().delete()


def _take(booking, until):
    """Take a seat of every key in ``until``; ``TooMany`` when one has none left.

    Two that come at once may choose the same number: the constraint lets one of them in, and the other looks
    again. Each time, one of the few is gone, so that the end is near.
    """
    for _ in range(2 * len(NUMBERS)):
        seats = _free_seats(booking, until)
        try:
            with transaction.atomic():
                Seat.objects.bulk_create(seats)
            return
        except IntegrityError:
            continue
    raise TooMany


def _free_seats(booking, until):
    Seat.objects.filter(key__in=until, expires_at__lte=timezone.now()).delete()
    taken = set(Seat.objects.filter(key__in=until).values_list("key", "number"))
    seats = []
    # In one order for all, so that no two wait for each other.
    for key, moment in sorted(until.items()):
        free = [number for number in NUMBERS if (key, number) not in taken]
        if not free:
            raise TooMany
        seats.append(Seat(key=key, number=free[0], booking=booking, expires_at=moment))
    return seats


def _mail_key(purpose, email):
    """The same for every way to write one mailbox: in capitals, or with a +tag."""
    local, _, domain = email.lower().rpartition("@")
    return _hash(purpose, f"{local.split('+')[0]}@{domain}")


def _hash(purpose, text):
    salt = f"bookings.services.limits.{purpose}"
    return salted_hmac(salt, text, algorithm="sha256").hexdigest()
