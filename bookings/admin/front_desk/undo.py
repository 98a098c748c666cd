"""What a member of staff pressed a moment ago, and taking it back."""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from bookings import services
from bookings.admin.booking_actions import check_version, why_not
from bookings.exceptions import Refused, SlotTaken
from bookings.models import Booking, BookingEvent, CallSettings, OutboxMail
from bookings.services.mail_limits import TO_STAFF
from bookings.services.undo import AT_ANY_TIME, can_be_taken_back

TIME_IS_GONE = "Somebody else has the time by now."
DONE = "Undone. It is as it was before."
MOST = 20  # presses that a page shows


@dataclass(frozen=True)
class Press:
    """One press that can still be undone without a word to the visitor."""

    booking: Booking
    words: str
    seconds: int
    has_mail: bool


def fresh_presses(user) -> list[Press]:
    """What ``user`` did within the time to undo, the latest first, where nothing has happened since."""
    rules, now = CallSettings.objects.current(), timezone.now()
    waiting = OutboxMail.objects.pending().filter(
        booking=OuterRef("booking"), version=OuterRef("version")
    )
    events = (
        BookingEvent.objects.filter(
            by=user, at__gt=now - rules.undo, version=F("booking__version")
        )
        .exclude(booking__name="")
        .annotate(has_mail=Exists(waiting.exclude(kind__in=TO_STAFF)))
        .select_related("booking")
        .order_by("-at")
    )
    return [
        Press(
            event.booking,
            str(event),
            int((event.at + rules.undo - now).total_seconds()),
            event.has_mail,
        )
        for event in events[:MOST]
        if can_be_taken_back(event, rules)
    ]


def may_be_taken_back(booking) -> bool:
    """Whether its page offers to take the decision back that ended it, a minute later too."""
    if booking.state not in AT_ANY_TIME or not booking.name:
        return False
    event = booking.events.filter(version=booking.version).first()
    return can_be_taken_back(event, CallSettings.objects.current())


@method_decorator(require_POST)
def undo(booking_admin, request, pk):
    booking = booking_admin.booking_to_answer(request, pk)
    refusal = ""
    try:
        check_version(booking, request.POST.get("version"))
        services.take_back(booking, by=request.user)
    except SlotTaken:
        refusal = TIME_IS_GONE
    except Refused as refused:
        refusal = why_not(refused)
    else:
        booking_admin.log_change(request, booking, DONE)
    return booking_admin.answered(request, booking, refusal, DONE)
