"""How the pages with forms answer: kept out of caches, and a form that was taken leads on to its receipt."""

import logging

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_cache_control

from bookings import services
from bookings.exceptions import Busy, SlotTaken, SubmissionReused
from bookings.models import Slot
from bookings.services.limits import client_ip_key
from bookings.tokens import url_token
from kneecare.core.http.client_ip import client_ip
from kneecare.core.http.database_faults import DATABASE_FAULTS, try_later

NOT_KEPT = (
    "We could not keep your request just now. This is our fault, not yours. Your words are still here. "
    "Send the form again in a minute."
)
MOVED = "moved"  # in the URL of a call that its visitor has just moved
INSTEAD = "instead"  # in the URL of a call-back that its visitor did not ask for
BUSY = "Many people are booking at this moment. Nothing was lost: your words are still here. Send the form again."


logger = logging.getLogger(__name__)


class SeeOther(HttpResponseRedirect):
    """After a form was taken: a reload shows the answer and sends nothing again."""

    status_code = 303


def receipt(booking, form=None, *, news=""):
    """The way on to the page of ``booking``, which tells the ``news``; where it is not the call that ``form`` asked for, that is the news."""
    url = reverse("booking", args=[url_token(booking)])
    asked_for_time = form and isinstance(form.cleaned_data.get("slot"), Slot)
    news = INSTEAD if asked_for_time and booking.is_call_back else news
    return SeeOther(f"{url}?{news}" if news else url)


def submit(request, form):
    """The booking that ``form`` makes; or None, and the status of the page that says in the form why there is none.

    422 when something is to be put right, 503 when the database failed, 409 when the time has gone or others were in the way; every typed word stays in the form.
    """
    if not form.is_valid():
        return None, 422
    key = client_ip_key(client_ip(request))
    try:
        return services.submit(form.call_request(key)), 303
    except SlotTaken:
        form.refuse_time()
        return None, 409
    except SubmissionReused:
        form.refuse_reuse()
        return None, 422
    except Busy:
        form.add_error(None, BUSY)
        return None, 409
    except DATABASE_FAULTS:
        logger.exception("A request could not be stored.")
        form.add_error(None, NOT_KEPT)
        return None, 503


def form_page(request, template, context, *, status=200):
    """A page with a form, which no shared cache keeps: each showing of the form has a key of its own."""
    response = render(request, template, context, status=status)
    if context["form"].is_bound:
        add_never_cache_headers(response)
    else:
        patch_cache_control(response, private=True, no_cache=True)
    return try_later(response) if status == 503 else response
