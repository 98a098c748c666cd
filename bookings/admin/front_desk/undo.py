"""What a member of staff pressed a moment ago, and taking it back."""

from collections import Counter
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from bookings import services
from bookings.admin.booking_actions import check_version, may_decide, why_not
from bookings.admin.front_desk.bulk import tell
from bookings.exceptions import Refused, SlotTaken
from bookings.models import Booking, BookingEvent, CallSettings, OutboxMail
from bookings.services.mail_limits import TO_STAFF
from bookings.services.undo import AT_ANY_TIME, can_be_taken_back, last_press
from kneecare.core.admin.urls import admin_url
from kneecare.core.identifiers import parse_id

TIME_IS_GONE = "Somebody else has the time by now."
DONE = "Undone. It is as it was before."
WAS_TOLD = "Undone. The mail about it had gone out already. If the call can still be held, another mail says how it stands now."
MOST = 20  # presses that a page shows, each with its button
MOST_AT_ONCE = 200  # that one button undoes


@dataclass(frozen=True)
class Press:
    """One press that can still be undone without a word to the visitor."""

    booking: Booking
    words: str
    seconds: int
    ends: str  # the time of day on the clinic's clock
    has_mail: bool


def fresh_presses(user, zone) -> list[Press]:
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
            format_date((event.at + rules.undo).astimezone(zone), "g:i:s A"),
            event.has_mail,
        )
        for event in events[:MOST_AT_ONCE]
        if can_be_taken_back(event, rules)
    ]


def may_be_taken_back(booking) -> bool:
    """Whether its page offers to take the decision back that ended it, a minute later too."""
    if booking.state not in AT_ANY_TIME or not booking.name:
        return False
    return can_be_taken_back(last_press(booking), CallSettings.objects.current())


def shown(presses, first=None):
    """What a page is given of ``presses``: some with a button each, that of the request ``first`` before the others, and all of them for one button."""
    own_first = sorted(presses, key=lambda press: press.booking != first)
    return {"presses": own_first[:MOST], "all_presses": presses}


@method_decorator(require_POST)
def undo(booking_admin, request, pk):
    booking = booking_admin.booking_to_answer(request, pk)
    if page := booking_admin.note_beside(request, booking):
        return page
    seen_version = request.POST.get("version")
    refusal, was_told = _take_back(booking_admin, request, booking, seen_version)
    done = WAS_TOLD if was_told else DONE
    return booking_admin.answered(request, booking, refusal, done)


@method_decorator(require_POST)
def undo_all(booking_admin, request):
    """Take back what the page listed, each as it was then: a decision about many is one slip."""
    if not may_decide(request.user):
        raise PermissionDenied
    keys = [parse_id(key) for key in request.POST.getlist("press")]
    pressed = Booking.objects.with_call().filter(pk__in=[key for key in keys if key])
    outcomes = Counter(
        _take_back(
            booking_admin, request, booking, request.POST.get(f"version_{booking.pk}")
        )[0]
        for booking in pressed[:MOST_AT_ONCE]
    )
    tell(booking_admin, request, outcomes, "undone")
    return HttpResponseRedirect(f"{admin_url(Booking, 'changelist')}?when=needs")


def _take_back(booking_admin, request, booking, seen_version):
    """Why it was not taken back, or nothing when it was; and whether the visitor had heard of it."""
    try:
        check_version(booking, seen_version)
        was_told = services.take_back(booking, by=request.user)
    except SlotTaken:
        return TIME_IS_GONE, False
    except Refused as refused:
        return why_not(refused), False
    booking_admin.log_change(request, booking, DONE)
    return "", was_told
