"""How much one visitor can hold at once, three call times, and how much a network and all strangers together can."""

from contextlib import suppress
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.encoding import punycode

from bookings.exceptions import TooMany
from bookings.models import Booking, CallSettings, HoldLimit, Slot
from bookings.models.hold_limit import HOLD_NUMBERS
from bookings.states import State
from kneecare.clinic.models import Clinic
from kneecare.core.http.client_ip import network_of

CLIENT_IP_KEPT = timedelta(
    hours=24
)  # a household, an office or a phone company may share one
LEAST_FOR_STRANGERS = 5  # times, in however small a calendar
SAME_DOMAIN = {"googlemail.com": "gmail.com"}
DOTS_DO_NOT_COUNT = ("gmail.com",)


def client_ip_key(client_ip: str) -> str:
    """A keyed hash of a client IP; of its first half for IPv6, as one household has all of the rest."""
    known = network_of(client_ip)
    return _hash("client IP", known) if known else ""


def form_key(form: str) -> str:
    """A keyed hash of a form in one browser: whoever sends it again with another name is the same person."""
    return _hash("form", form)


def hold(booking: Booking, form_key: str = "") -> None:
    """Count ``booking`` among what its visitor holds; ``TooMany`` when that is three already. Without a time it holds nothing."""
    if booking.slot:
        keys = [*contact_keys(booking), *([form_key] if form_key else [])]
        # A call counts until it is over.
        _hold_until(booking, dict.fromkeys(keys, booking.slot.ends_at))


def hold_if_room(booking: Booking) -> None:
    """The same for what staff do: no limit binds them, but their calls count for what the visitor may still ask for."""
    with suppress(TooMany):
        hold(booking)


def leave_network_some(client_ip_key: str, rules: CallSettings) -> None:
    """``TooMany`` when a network has asked for as many times today as staff let one. Not exact: it is for a flood."""
    if not client_ip_key:
        return
    since = timezone.now() - CLIENT_IP_KEPT
    asked = Booking.objects.active().filter(
        client_ip_key=client_ip_key, slot__isnull=False, created_at__gt=since
    )
    if asked.count() >= rules.network_calls:
        raise TooMany


def leave_some(rules: CallSettings) -> None:
    """``TooMany`` when requests that nobody has answered hold their share of the times that no call is confirmed for.

    Those who come at once may each find the last one free: the share is for a flood, and is not exact.
    """
    waiting = Booking.objects.upcoming().filter(state=State.REQUESTED).count()
    free = Slot.objects.offered(rules, Clinic.objects.current_zone()).free()
    share = ceil((waiting + free.count()) * rules.stranger_share / 100)
    if waiting >= max(share, LEAST_FOR_STRANGERS):
        raise TooMany


def hold_until(booking: Booking, moment: datetime) -> None:
    """The call was moved: so is the end of its hold."""
    booking.hold_limits.update(expires_at=moment)


def release(booking: Booking) -> None:
    booking.hold_limits.all().delete()


def contact_keys(booking: Booking) -> list[str]:
    """What a call counts for: its e-mail and its phone number."""
    keys = [email_key("call", booking.email), phone_key(booking.phone)]
    return [key for key in keys if key]


def _hold_until(booking: Booking, ends: dict[str, datetime]) -> None:
    """Hold one number of every key in ``ends``; ``TooMany`` when one has none left.

    Two that come at once may choose the same number: the constraint lets one of them in, and the other looks
    again. Each time, one of the few is gone, so that the end is near.
    """
    for _ in range(2 * len(HOLD_NUMBERS)):
        holds = _free_holds(booking, ends)
        try:
            with transaction.atomic():
                HoldLimit.objects.bulk_create(holds)
            return
        except IntegrityError:
            continue
    raise TooMany


def _free_holds(booking: Booking, ends: dict[str, datetime]) -> list[HoldLimit]:
    HoldLimit.objects.filter(key__in=ends, expires_at__lte=timezone.now()).delete()
    taken = set(HoldLimit.objects.filter(key__in=ends).values_list("key", "number"))
    holds = []
    # In one order for all, so that no two wait for each other.
    for key, end in sorted(ends.items()):
        free = [number for number in HOLD_NUMBERS if (key, number) not in taken]
        if not free:
            raise TooMany
        holds.append(
            HoldLimit(key=key, number=free[0], booking=booking, expires_at=end)
        )
    return holds


def is_same_mailbox(one: str, other: str) -> bool:
    return email_key("mailbox", one) == email_key("mailbox", other)


def email_key(purpose: str, email: str) -> str:
    """A keyed hash, the same for every way to write one mailbox: in capitals, with a +tag, or with dots where none count."""
    if not email:
        return ""
    local, _, domain = email.lower().rpartition("@")
    local = local.split("+")[0]
    with suppress(UnicodeError):  # a name in letters beyond ASCII, written out
        domain = punycode(domain)
    domain = SAME_DOMAIN.get(domain, domain)
    if domain in DOTS_DO_NOT_COUNT:
        local = local.replace(".", "")
    return _hash(purpose, f"{local}@{domain}")


def phone_key(phone: Any) -> str:
    """A keyed hash of a number, however it was typed; an extension is somebody else's."""
    return _hash("phone", str(phone)) if phone else ""


def _hash(purpose: str, text: str) -> str:
    salt = f"bookings.services.limits.{purpose}"
    return salted_hmac(salt, text, algorithm="sha256").hexdigest()
