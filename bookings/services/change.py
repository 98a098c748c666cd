"""The one way that a request changes: a compare-and-swap, with its audit row and its mail."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from bookings.exceptions import ChangedMeanwhile
from bookings.models import Booking, BookingEvent, OutboxMail
from bookings.services import limits
from bookings.states import HOLDING


def change(booking, state, *, by=None, mails=(), slot=None):
    """Bring ``booking``, as the caller read it, to ``state``, and to ``slot`` where one is given.

    The loser of a race gets ``ChangedMeanwhile``, or the ``IntegrityError`` of a slot that is taken.
    """
    before = {"before": booking.state}
    if slot:
        before["time_before"] = booking.slot and booking.slot.starts_at
    with transaction.atomic():
        as_read = Booking.objects.filter(
            pk=booking.pk, state=booking.state, version=booking.version
        )
        if not as_read.update(
            state=state,
            version=F("version") + 1,
            decided_at=timezone.now(),
            **({"slot": slot} if slot else {}),
        ):
            raise ChangedMeanwhile
        booking.refresh_from_db(fields=["state", "version", "decided_at", "slot"])
        if state not in HOLDING:
            limits.release(booking)
        record(booking, **before, slot=slot, by=by, mails=mails)


def record(booking, before="", *, slot=None, time_before=None, by=None, mails=()):
    BookingEvent.objects.create(
        booking=booking,
        from_state=before,
        to_state=booking.state,
        version=booking.version,
        time_before=time_before,
        time_after=slot and slot.starts_at,
        by=by,
    )
    OutboxMail.objects.bulk_create(
        OutboxMail(booking=booking, kind=kind, version=booking.version)
        for kind in mails
    )
