"""How the pages with forms answer: kept out of caches, and a form that was taken leads on to its receipt."""

from urllib.parse import urlsplit

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_cache_control

from bookings.exceptions import SlotTaken, SubmissionReused, TooMany
from bookings.forms.enquiry import public_path
from bookings.tokens import address_token


class SeeOther(HttpResponseRedirect):
    """After a form was taken: a reload shows the answer and sends nothing again."""

    status_code = 303


def receipt(booking):
    return SeeOther(reverse("booking", args=[address_token(booking)]))


def answer(request, form, store, template, context, *, status=200):
    """The page with ``form``, or the way to the receipt of the request that ``store()`` made of it.

    422 when something is to be put right, 409 when the time has gone, 429 when one visitor asks for more than one
    may have; every typed word stays in the form.
    """
    if not form.is_bound:
        response = render(request, template, {**context, "form": form}, status=status)
        # Each showing has a key of its own, so that a shared cache must not keep it.
        patch_cache_control(response, private=True, no_cache=True)
        return response
    booking, status = _stored(form, store)
    if booking:
        return receipt(booking)
    response = render(request, template, {**context, "form": form}, status=status)
    add_never_cache_headers(response)
    return response


def _stored(form, store):
    """The request that was made, or None and the status of the page that says why not."""
    if not form.is_valid():
        return None, 422
    try:
        return store(), 303
    except SlotTaken:
        form.refuse_time()
        return None, 409
    except TooMany:
        form.refuse_more()
        return None, 429
    except SubmissionReused:
        form.refuse_reuse()
        return None, 422


def came_from(request):
    """The path of the page of ours that led here, as the browser says, or a link of this page to other days."""
    via = public_path(request.GET.get("via", ""))
    if via:
        return via
    try:
        referrer = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    return public_path(referrer.path) if referrer.netloc == request.get_host() else ""
