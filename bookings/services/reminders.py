"""Reminding visitors of a call that comes near."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from bookings.models import Booking, CallSettings, OutboxMail
from bookings.services.mail_limits import owed, texts_beside
from bookings.states import State

REMINDER = OutboxMail.Kind.REMINDER


def remind() -> None:
    """Write the reminders that are due.

    The constraint on mail lets each be written once for a version of its request, however many workers write it
    and whatever the clock does.
    """
    notice = timedelta(hours=CallSettings.objects.current().reminder_hours)
    now = timezone.now()
    # Who was told of the time less than the notice ahead is not told again.
    told_at = Coalesce("decided_at", "created_at")
    due = Booking.objects.alias(told_at=told_at).filter(
        ~Exists(_reminders_of_version()),
        state=State.CONFIRMED,
        slot__starts_at__gt=now,
        slot__starts_at__lte=now + notice,
        told_at__lte=F("slot__starts_at") - notice,
    )
    OutboxMail.objects.bulk_create(
        [
            owed(booking, kind)
            for booking in due
            for kind in [REMINDER, *texts_beside(booking, [REMINDER])]
        ],
        ignore_conflicts=True,
    )


def _reminders_of_version() -> QuerySet[OutboxMail]:
    reminders = OutboxMail.objects.filter(kind=REMINDER)
    return reminders.filter(booking=OuterRef("pk"), version=OuterRef("version"))
