"""Deleting handouts some time after their end, with all their versions."""

from datetime import timedelta

from django.utils import timezone

from exercises.models import Handout
from kneecare.clinic.models import Clinic
from kneecare.core.database.sqlite import truncate_journal

DAYS_KEPT = 30  # after the end, so that staff can still let one live longer


def purge():
    today = timezone.localdate(timezone=Clinic.objects.current_zone())
    Handout.objects.ended_before(today - timedelta(days=DAYS_KEPT)).delete()
    truncate_journal()
