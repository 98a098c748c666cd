"""Everywhere that the site says something: its pages, files, previews and admin, by URL."""

from itertools import chain

from django.contrib import admin
from django.urls import NoReverseMatch, reverse

from articles.models import Article, Topic
from articles.preview_links import make_link
from bookings.models import Booking, CalendarFeed
from bookings.tokens import url_token
from exercises.models import Exercise, Handout, Routine
from kneecare.clinic.models import Program
from kneecare.core.admin.urls import admin_url
from kneecare.site.sitemaps import SITEMAPS
from tests.site.pages import PAGES

SEARCHES = ["/search/?q=now", "/search/?q=761932", "/search/?q=join"]
MACHINES = [
    "/feeds/articles/",
    "/sitemap.xml",
    *(f"/sitemap-{name}.xml" for name in SITEMAPS),
    "/robots.txt",
    "/manifest.webmanifest",
    "/service-worker.js",
]


def public_urls():
    played = [url_of(row) for row in [*Routine.objects.all(), *Handout.objects.all()]]
    models = [Article, Exercise, Program, Topic]
    rows = chain.from_iterable(model.objects.all() for model in models)
    players = [f"{url}play/" for url in played]
    return [*PAGES, *SEARCHES, *MACHINES, *map(url_of, rows), *played, *players]


def form_urls():
    return ["/book/", "/contact/", *map(url_of, Program.objects.all())]


def sheet_urls():
    rows = [*Routine.objects.all(), *Handout.objects.all()]
    return [f"{url_of(row)}handout.pdf" for row in rows]


def booking_urls():
    """The page of each request, and the staff's calendar."""
    tokens = map(url_token, Booking.objects.all())
    calendars = [feed.url for feed in CalendarFeed.objects.all()]
    return [*(reverse("booking", args=[token]) for token in tokens), *calendars]


def call_urls():
    """What is there for a call that still stands."""
    calls = Booking.objects.filter(state="confirmed").exclude(slot=None)
    tokens = [url_token(call) for call in calls]
    return [reverse(name, args=[each]) for name in ["move", "earlier", "invite"] for each in tokens]  # fmt: skip


def preview_urls(staff):
    rows = chain.from_iterable(kind.objects.all() for kind in [Article, Exercise, Routine])  # fmt: skip
    shared, _ = make_link(Article.objects.last(), days=1, by=staff)
    return [*(f"{url_of(row)}preview/" for row in rows), shared]


def admin_urls():
    """Each list, each search in it, and the change page of the last rows."""
    yield "/admin/"
    for model in admin.site._registry:
        yield admin_url(model, "changelist")
        yield admin_url(model, "changelist") + "?q=now"
        for row in _last(model):
            yield admin_url(row)


def other_admin_urls():
    """Every other page of the admin that needs nothing but a row: histories, previews, exports and so on."""
    for model, options in admin.site._registry.items():
        names = [pattern.name for pattern in options.get_urls()]
        for name in filter(_is_other, names):
            for args in [[], *([row.pk] for row in _last(model)[:1])]:
                try:
                    yield reverse(f"admin:{name}", args=args)
                except NoReverseMatch:
                    continue


def url_of(row):
    return row.get_absolute_url()


def _is_other(name):
    return name and not name.endswith(("_changelist", "_change"))


def _last(model):
    return model._base_manager.order_by("-pk")[:2]
