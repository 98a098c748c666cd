"""Every page that a visitor can get: each address of the resolver, and each state of it that only rows or a POST bring about."""

from contextlib import contextmanager
from unittest.mock import patch

from django.core.cache import cache
from django.db import DatabaseError, OperationalError
from django.urls import reverse

from articles.models import Article
from articles.preview_links import end_links
from bookings.models import Booking, Slot
from bookings.tokens import url_token
from exercises.models import Handout
from kneecare.clinic.models import Clinic, Program
from tests.factories import make_booking, make_exercise, make_handout
from tests.site.addresses import a_link, a_slot, every_name, path_of
from tests.site.pages import PAGES

WRONG = {"name": "", "email": "no address", "message": "My knee hurts."}


def booking_page(name="booking", **fields):
    kind = fields.get("kind", Booking.Kind.DISCOVERY_CALL)
    if kind == Booking.Kind.JOIN_PROGRAM:
        fields["program"] = Program.objects.first()
    if kind == Booking.Kind.DISCOVERY_CALL:
        fields.setdefault("slot", a_slot())
    return reverse(name, args=[url_token(make_booking(**fields))])


def ended_handout():
    handout = make_handout(make_exercise())
    Handout.objects.get(pk=handout.pk).withdraw(on=handout.made_on)
    return handout.get_absolute_url()


def ended_preview():
    path = reverse("shared_preview", args=a_link())
    end_links(Article.objects.get(slug="knee-pain-why-it-matters"), by=None)
    return path


def asked_too_often(client):
    cache.clear()
    with patch("exercises.handouts.rate_limit.MISSES_AN_HOUR", 0):
        return client.get("/handouts/no-such-code/")


@contextmanager
def broken():
    with patch("kneecare.site.views.find", side_effect=DatabaseError):
        yield


def failed(client):
    client.raise_request_exception = False
    with broken():
        return client.get("/search/?q=knee")


def without_database(client, ask):
    """What ``ask`` brings where the database fails before the view can answer for itself."""
    client.raise_request_exception = False
    with patch.object(type(Clinic.objects), "current", side_effect=OperationalError):
        return ask(client)


def without_times(client):
    Slot.objects.update(state=Slot.State.BLOCKED)
    return client.get("/book/")


# What it is, and how a visitor comes to see it.
STATES = {
    "no such page": lambda client: client.get("/no-such-page/"),
    "a page near the asked one": lambda client: client.get("/exercises/glute-brige/"),
    "an address that cannot be": lambda client: client.get("/articles/%00/"),
    "a page that failed": failed,
    "a page without the database": lambda client: without_database(
        client, lambda client: client.get("/contact/")
    ),
    "a form without the database": lambda client: without_database(
        client, lambda client: client.post("/contact/", WRONG)
    ),
    "a call form with mistakes": lambda client: client.post("/book/", WRONG),
    "a contact form with mistakes": lambda client: client.post("/contact/", WRONG),
    "a program's form with mistakes": lambda client: client.post(
        path_of("program"), WRONG
    ),
    "a form that another site sent": lambda client: client.post(
        "/book/", WRONG, headers={"Sec-Fetch-Site": "cross-site"}
    ),
    "a day that cannot be": lambda client: client.get("/book/?from=x"),
    "no time is free": without_times,
    "a time that is chosen": lambda client: client.get(f"/book/?time={a_slot().pk}"),
    **{
        f"a receipt: {kind}": lambda client, kind=kind: client.get(
            booking_page(kind=kind)
        )
        for kind in Booking.Kind.values
    },
    **{
        f"a call: {state}": lambda client, state=state: client.get(
            booking_page(state=state)
        )
        for state in ["confirmed", "cancelled_by_visitor", "declined", "expired"]
    },
    "a call that is over": lambda client: client.get(
        booking_page(state="completed", slot=a_slot(days=-1))
    ),
    "a call that moves, with a mistake": lambda client: client.post(
        booking_page("move", state="confirmed"), {}
    ),
    "no such booking": lambda client: client.get("/bookings/no-such-token/"),
    "a handout that has ended": lambda client: client.get(ended_handout()),
    "no such handout": lambda client: client.get("/handouts/no-such-code/"),
    "codes that were guessed": asked_too_often,
    "a preview that has ended": lambda client: client.get(ended_preview()),
    "many results": lambda client: client.get("/search/?q=knee&page=2"),
}


def public_pages(client):
    """What a visitor gets, by what it is: each address of the resolver, the usual pages, and all their states."""
    for path in PAGES:
        yield path, client.get(path)
    for name in every_name():
        if not name.startswith("admin:"):
            yield name, client.get(path_of(name))
    for name, ask in STATES.items():
        yield name, ask(client)


def is_page(response):
    return (
        response.headers.get("Content-Type", "").startswith("text/html")
        and b"<html" in response.content
    )
