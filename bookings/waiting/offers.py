"""Offering a time that became free to those who wished for an earlier one: one after the other, each with a while to take it.

While an offer is open its slot is held (``Slot.State.HELD``), so that neither visitors nor staff can book it. An offer
begins and ends by compare-and-swap on the slot and on itself, with the slot locked first: of two who press at once, or
of a press and the end of its time, the database lets one through.
"""

from collections.abc import Iterator

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from bookings.exceptions import NotPossible
from bookings.models import Booking, CallSettings, OutboxMail, Slot, WaitingOffer
from bookings.services import limits
from bookings.services.change import change
from bookings.services.locks import lock_in_order, slot_taken_when_refused
from bookings.services.mail_limits import owed
from bookings.services.retry import tried_again
from bookings.states import State
from kneecare.clinic.models import Clinic

Mail, Offer = OutboxMail.Kind, WaitingOffer.State

# On the clinic's clock: nobody has to answer within the hour at night.
FIRST_HOUR, LAST_HOUR = 8, 20
OVER = "This earlier time is no longer held for you. You keep the time that you have."


def offer_free_times() -> None:
    """Offer each time that became free to the first who wished for one before, and has not been asked about it yet.

    Nothing is offered while mail is stuck: the time to answer would run out unread.
    """
    rules = CallSettings.objects.current()
    zone = Clinic.objects.current_zone()
    hour = timezone.now().astimezone(zone).hour
    if not rules.offer_minutes or not FIRST_HOUR <= hour < LAST_HOUR:
        return
    waiting = list(_waiting())
    if not waiting or OutboxMail.objects.stuck().exists():
        return
    for slot, booking in _pairs(waiting, rules, zone):
        _offer(slot, booking, rules, zone)


def _waiting():
    """Who can be asked, those first who wished first. What may come from a program waits for a look of staff."""
    returned = OutboxMail.objects.came_back().values("booking")
    asked = WaitingOffer.objects.open().values("booking")
    reachable = Booking.objects.on_waiting_list().exclude(email="")
    reachable = reachable.exclude(pk__in=returned).exclude(pk__in=asked)
    is_clear = Q(suspicion="") | Q(state=State.CONFIRMED)
    waiting = reachable.filter(is_clear).select_related("slot")
    return waiting.order_by("wants_earlier_since", "pk")


def _pairs(waiting, rules, zone) -> Iterator[tuple[Slot, Booking]]:
    """Each time with whoever comes first for it; nobody twice."""
    now = timezone.now()
    latest = max(booking.slot.starts_at for booking in waiting)
    slots = Slot.objects.bookable(rules, zone).filter(
        # With all of the notice left when the time to answer is over.
        starts_at__gte=now + rules.notice + rules.offer,
        starts_at__lt=latest,
        free_since__gte=waiting[0].wants_earlier_since,
        free_since__lte=now,
    )
    told = WaitingOffer.objects.filter(created_at__gte=F("slot__free_since"))
    asked = set(told.filter(slot__in=slots).values_list("slot", "booking"))
    for slot in slots:
        for booking in waiting:
            if _suits(slot, booking) and (slot.pk, booking.pk) not in asked:
                waiting.remove(booking)
                yield slot, booking
                break


def _suits(slot: Slot, booking: Booking) -> bool:
    since, later = booking.wants_earlier_since, booking.slot
    if since is None or later is None:
        return False
    return since <= slot.free_since and slot.starts_at < later.starts_at


def _offer(slot: Slot, booking: Booking, rules: CallSettings, zone) -> None:
    """Hold ``slot`` for ``booking``, unless somebody was faster: then the next round looks again."""
    try:
        with transaction.atomic():
            lock_in_order(slot)
            free = Slot.objects.bookable(rules, zone).filter(pk=slot.pk)
            if not free.exists() or not _swap(slot, Slot.State.OPEN, Slot.State.HELD):
                return
            now = timezone.now()
            offer = WaitingOffer.objects.create(
                booking=booking,
                slot=slot,
                starts_at=slot.starts_at,
                created_at=now,
                expires_at=now + rules.offer,
            )
            owed(booking, Mail.OFFER, offer=offer).save(force_insert=True)
    except IntegrityError:
        return  # another worker has just offered them something


def end_what_is_over() -> None:
    """End the offers that nobody answered in time, and those that mean nothing any more. Their times go to the next."""
    now = timezone.now()
    still = Booking.objects.on_waiting_list().filter(
        slot__starts_at__gt=F("offers__starts_at")
    )
    means_something = Q(booking__in=still, slot__state=Slot.State.HELD)
    is_late = Q(expires_at__lte=now)
    late_or_void = WaitingOffer.objects.open().filter(is_late | ~means_something)
    for offer in late_or_void.select_related("slot"):
        is_over = offer.expires_at <= now
        end(offer, Offer.EXPIRED if is_over else Offer.WITHDRAWN)


@tried_again
def end(offer: WaitingOffer, state: str) -> bool:
    """Whether it was open until now; its time is then free for others. Staff may end one too."""
    with transaction.atomic():
        lock_in_order(offer.slot)
        open_now = WaitingOffer.objects.open().filter(pk=offer.pk)
        if state == Offer.EXPIRED:
            open_now = open_now.filter(expires_at__lte=timezone.now())
        ended = open_now.update(state=state)
        if ended and offer.slot:
            _swap(offer.slot, Slot.State.HELD, Slot.State.OPEN)
        return bool(ended)


@tried_again
def take(booking: Booking, offer: WaitingOffer) -> None:
    """Move ``booking`` to the time that it was offered, and off the waiting list.

    Raises ``NotPossible`` when the offer is over, and ``ChangedMeanwhile`` when the request has changed since it was read.
    """
    slot = offer.slot
    if slot is None or not booking.can_be_moved:
        raise NotPossible(OVER)
    with slot_taken_when_refused(), transaction.atomic():
        lock_in_order(slot, booking.slot)
        answerable = WaitingOffer.objects.open().filter(
            pk=offer.pk, booking=booking, expires_at__gt=timezone.now()
        )
        taken = answerable.update(state=Offer.TAKEN)
        if not taken or not _swap(slot, Slot.State.HELD, Slot.State.OPEN):
            raise NotPossible(OVER)
        mails = [Mail.MOVED, Mail.CHANGED]
        change(booking, booking.state, slot=slot, is_by_visitor=True, mails=mails)
        limits.hold_until(booking, slot.ends_at)
        _wish(booking, since=None)


def join(booking: Booking) -> None:
    """Put ``booking`` on the waiting list, where it is not on it. It says when only: no new version of the request."""
    if not (booking.can_be_moved and booking.email):
        raise NotPossible
    if booking.wants_earlier_since is None:
        _wish(booking, since=timezone.now())


def keep_time(booking: Booking) -> None:
    """Say no to what ``booking`` is offered: it goes to the next. It stays on the list."""
    for offer in booking.offers.open().select_related("slot"):
        end(offer, Offer.KEPT)


def leave(booking: Booking) -> None:
    """Take ``booking`` off the waiting list; what it is offered goes to the next."""
    _wish(booking, since=None)
    keep_time(booking)


def _wish(booking: Booking, *, since) -> None:
    # Of an erased request nobody is left who wishes.
    known = Booking.objects.filter(pk=booking.pk).exclude(name="")
    known.update(wants_earlier_since=since)
    booking.wants_earlier_since = since


def _swap(slot: Slot, before: str, after: str) -> bool:
    """Bring ``slot`` from one state to another, where it is still as it was."""
    return bool(Slot.objects.filter(pk=slot.pk, state=before).update(state=after))
