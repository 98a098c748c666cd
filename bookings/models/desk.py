"""The front desk's words for requests: each is one tab of the queue."""

from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from bookings.models.clinic_time import ZonedQuerySet
from bookings.states import HOLDING, State

NEW = timedelta(days=1)
# The call took place, or may yet.
STANDING = (*HOLDING, State.COMPLETED, State.NO_SHOW)


class DeskQuerySet(ZonedQuerySet):
    def holding(self):
        """Requests whose call time nobody else can book."""
        return self.filter(state__in=HOLDING)

    def new(self):
        return self.filter(state=State.REQUESTED, created_at__gt=timezone.now() - NEW)

    def need_answer(self):
        """Requests that wait for staff: to be answered, or to be told how the call went."""
        is_over = Q(state=State.CONFIRMED, slot__ends_at__lte=timezone.now())
        return self.holding().filter(Q(state=State.REQUESTED) | is_over)

    def calls_on(self, day, zone):
        """The calls of a day on the clock of ``zone``, but for those that were called off."""
        begins = datetime.combine(day, time(), zone)
        ends = datetime.combine(day + timedelta(days=1), time(), zone)
        return self.filter(
            slot__starts_at__gte=begins, slot__starts_at__lt=ends, state__in=STANDING
        )

    def upcoming(self):
        return self.holding().filter(slot__starts_at__gt=timezone.now())

    def outside_hours(self):
        """Calls to come that the hours no longer give, and that stay booked until somebody moves or cancels them."""
        return self.upcoming().filter(slot__state="withdrawn")

    def over(self):
        return self.exclude(state__in=HOLDING)
