"""Deleting what need not be kept any longer."""

from datetime import timedelta

from django.utils import timezone

from bookings.models import Booking, Slot

MESSAGE_KEPT = timedelta(days=30)
CONTACT_KEPT = timedelta(days=180)


def purge():
    """Delete visitors' words 30 days and who they are 180 days after it was over; unused times once they are past."""
    now = timezone.now()
    wordy = Booking.objects.over_since(now - MESSAGE_KEPT).exclude(message="")
    wordy.update(message="", fingerprint="")
    known = Booking.objects.over_since(now - CONTACT_KEPT).exclude(email="")
    known.update(name="", email="", phone="", message="", fingerprint="", source="")
    Slot.objects.filter(ends_at__lt=now).never_asked_for().delete()
