"""The waiting list, at one request: put on, taken off, and what it is offered taken back."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from bookings.exceptions import Refused
from bookings.models import CallSettings, WaitingOffer
from bookings.waiting import offers
from kneecare.core.admin.urls import admin_url

NOT_NOW = "This is not possible as the request stands now."
JOINED = "On the waiting list. It gets a mail when an earlier time becomes free."
LEFT = "Off the waiting list."
TAKEN_BACK = "The offer was taken back. The time goes to the next on the list."
NO_OFFER = "There is no open offer any more."


def waiting_presses(booking):
    """What staff can do here: the verb of each press and its label."""
    if not (booking.can_be_moved and booking.email):
        return []
    presses = []
    if booking.offers.open().exists():
        presses.append(("take_back", "Take back the offer"))
    if booking.wants_earlier_since:
        presses.append(("leave", "Off the waiting list"))
    elif CallSettings.objects.current().offer_minutes:
        presses.append(("join", "On the waiting list"))
    return presses


@method_decorator(require_POST)
def waiting(admin, request, pk):
    booking = admin.booking_to_answer(request, pk)
    try:
        level, words = _press(request.POST.get("press"), booking)
    except Refused as refused:
        level, words = messages.ERROR, str(refused) or NOT_NOW
    if level == messages.SUCCESS:
        admin.log_change(request, booking, words)
    admin.message_user(request, words, level)
    return HttpResponseRedirect(admin_url(booking))


def _press(verb, booking):
    match verb:
        case "join":
            offers.join(booking)
            return messages.SUCCESS, JOINED
        case "leave":
            offers.leave(booking)
            return messages.SUCCESS, LEFT
        case "take_back":
            # There is one at most: a constraint says so.
            offer = booking.offers.open().select_related("slot").first()
            if offer and offers.end(offer, WaitingOffer.State.WITHDRAWN):
                return messages.SUCCESS, TAKEN_BACK
            return messages.WARNING, NO_OFFER
    return messages.ERROR, NOT_NOW
