"""The presses about earlier times on a visitor's own page: to wish for one, to take one that is offered, to stop."""

from django.views.decorators.http import require_http_methods

from bookings import tokens
from bookings.exceptions import NotPossible, Refused, SlotTaken
from bookings.views.manage import check_change_key, own, show, why_not
from bookings.views.responses import MOVED, receipt
from bookings.waiting import offers
from kneecare.core.identifiers import parse_id

ONE_CLICK = "One-Click"  # what mail programs send for their own button: RFC 8058


@require_http_methods(["GET", "HEAD", "POST"])
@own
def earlier(request, booking):
    if request.method != "POST":
        return show(request, booking)
    # It can only stop mail, so that the link in the mail is proof enough.
    if request.POST.get("List-Unsubscribe") == ONE_CLICK:
        offers.leave(booking)
        return receipt(booking)
    try:
        check_change_key(request, booking, tokens.EARLIER)
        news = _press(request, booking)
    except SlotTaken:
        return show(request, booking, refusal=offers.OVER)
    except Refused as refused:
        return show(request, booking, **why_not(request, refused, booking))
    return receipt(booking, news=news)


def _press(request, booking):
    """Do what the pressed button says; returns what the page tells then."""
    match request.POST.get("press"):
        case "take":
            pk = parse_id(request.POST.get("offer"))
            offers.take(booking, _offer_of(booking, pk))
            return MOVED
        case "keep":
            offers.keep_time(booking)
        case "join":
            offers.join(booking)
        case "leave":
            offers.leave(booking)
        case _:
            raise NotPossible
    return ""


def _offer_of(booking, pk):
    offer = booking.offers.filter(pk=pk).select_related("slot").first()
    if offer is None:
        raise NotPossible(offers.OVER)
    return offer
