"""The sets of requests that have a name."""

from datetime import datetime, time, timedelta
from typing import Self

from django.db.models import Case, Exists, F, Q, When
from django.utils import timezone

from bookings.models.clinic_time import ClinicTimeQuerySet
from bookings.models.external_calendar import BusyTime
from bookings.states import ACTIVE_STATES, STANDING_STATES, State

NEW = timedelta(days=1)
MOST_OF_ONE = 10  # requests of one person that a page lists


class BookingQuerySet(ClinicTimeQuerySet):
    def active(self) -> Self:
        """Requests whose call time nobody else can book."""
        return self.filter(state__in=ACTIVE_STATES)

    def new(self):
        return self.filter(state=State.REQUESTED, created_at__gt=timezone.now() - NEW)

    def need_answer(self):
        """Requests that wait for staff: to be answered, or to be told how the call went."""
        is_over = Q(state=State.CONFIRMED, slot__ends_at__lte=timezone.now())
        return self.active().filter(Q(state=State.REQUESTED) | is_over)

    def standing(self) -> Self:
        """Calls that took place, or may yet."""
        return self.filter(slot__isnull=False, state__in=STANDING_STATES)

    def calls_on(self, day, zone):
        """The calls of a day on the clock of ``zone``, but for those that were called off."""
        begins = datetime.combine(day, time(), zone)
        ends = datetime.combine(day + timedelta(days=1), time(), zone)
        return self.filter(
            slot__starts_at__gte=begins,
            slot__starts_at__lt=ends,
            state__in=STANDING_STATES,
        )

    def upcoming(self) -> Self:
        return self.active().filter(slot__starts_at__gt=timezone.now())

    def on_waiting_list(self) -> Self:
        """Calls to come whose visitors wish for an earlier time."""
        return self.upcoming().filter(wants_earlier_since__isnull=False)

    def outside_hours(self):
        """Calls to come that the hours no longer give, and that stay booked until somebody moves or cancels them."""
        return self.upcoming().filter(slot__state="withdrawn")

    def with_busy_time(self) -> Self:
        """Attach whether a calendar of the clinician says that they are busy at the time of the call."""
        busy = BusyTime.objects.hitting("slot")
        return self.annotate(hits_busy_time=Exists(busy))

    def in_busy_time(self) -> Self:
        """Calls to come that somebody put something else beside, in the clinician's own calendar. They stay booked as well."""
        return self.upcoming().filter(Exists(BusyTime.objects.hitting("slot")))

    def over(self):
        return self.exclude(state__in=ACTIVE_STATES)

    def unanswered(self):
        """Requests for a call whose time has gone by."""
        return self.filter(state=State.REQUESTED, slot__ends_at__lte=timezone.now())

    def with_call(self):
        """Attach the call's time, and the clinic's zone to show it in."""
        return self.select_related("slot__clinician", "program").with_zone()

    def holds_ended(self):
        """Requests whose time was held for a while only, and that while is over."""
        waits = self.filter(state=State.REQUESTED, slot__isnull=False)
        return waits.filter(hold_ends_at__lte=timezone.now())

    def shown_to_visitor(self, public_id):
        """The request that its link opens, until its contact details are deleted."""
        return self.filter(public_id=public_id).exclude(name="", email="", phone="")

    def of_the_same_person(self, booking):
        """The other requests from the same mailbox or phone number, the latest first."""
        who = Q(pk__in=[])
        if booking.email_key:
            who |= Q(email_key=booking.email_key)
        if booking.phone:
            who |= Q(phone=booking.phone)
        others = self.filter(who).exclude(pk=booking.pk).with_call()
        return others.order_by("-created_at")[:MOST_OF_ONE]

    def over_since(self, moment):
        """Requests that ended before ``moment``: by their call, by a decision, or an enquiry when it came in."""
        ended = Case(
            When(slot=None, then=F("created_at")),
            When(state__in=STANDING_STATES, then=F("slot__ends_at")),
            default=F("decided_at"),
        )
        return self.alias(over_at=ended).filter(over_at__lt=moment)
