"""Every address of the site, by its name in the URL resolver, so that a new one is in every test of all or fails.

Each is made so that it answers: with the slug of a page, or with a row and the key to it that a test makes.
"""

from datetime import timedelta

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from articles.models import Article
from articles.preview_links import make_link
from bookings.models import CalendarFeed
from bookings.tokens import url_token
from exercises.figures.files import renderer
from exercises.models import Exercise, Routine
from kneecare.accounts.mail import links
from kneecare.clinic.models import Clinic
from kneecare.core.drawings import drawn_by
from tests.factories import (
    make_booking,
    make_exercise,
    make_handout,
    make_mail,
    make_slot,
)
from tests.rows import MODELS, row_of

ARTICLE = ["knee-pain-why-it-matters"]
EXERCISE = ["glute-bridge"]
ROUTINE = ["knee-strength-starter"]


def a_slot(days=3):
    """A time on the minute, as those that the hours make."""
    now = timezone.now().replace(second=0, microsecond=0)
    return make_slot(starts_at=now + timedelta(days=days))


def a_token():
    return [url_token(make_booking(slot=a_slot()))]


def a_code():
    return [make_handout(make_exercise()).code]


def a_link():
    url, _ = make_link(Article.objects.get(slug=ARTICLE[0]), days=1, by=None)
    return [url.rstrip("/").rpartition("/")[2]]


def a_calendar():
    user = row_of(MODELS_BY_LABEL["auth.User"])
    user.is_superuser = True
    user.save()
    feed = CalendarFeed.objects.create(user=user)
    return [feed.url.rstrip("/").rpartition("/")[2]]


def a_figure():
    figure = an_exercise().live_version.figures.get()
    return [figure.name, "card", renderer()]


def a_password_link(token):
    user = row_of(MODELS_BY_LABEL["auth.User"])
    user.is_staff = True
    user.save()
    return links.link_for(user, token).rstrip("/").split("/")[-2:]


MODELS_BY_LABEL = {model._meta.label: model for model in MODELS}
# The arguments of each, or what makes them.
ARGUMENTS = {
    "sitemap_section": ["pages"],
    **dict.fromkeys(
        ["articles:detail", "articles:picture", "articles:preview"], ARTICLE
    ),
    **dict.fromkeys(["exercises:detail", "exercises:preview"], EXERCISE),
    **dict.fromkeys(
        [
            "routines:detail",
            "routines:play",
            "routines:handout",
            "routines:preview",
            "routines:handout_preview",
        ],
        ROUTINE,
    ),
    "figure": a_figure,
    "drawing": lambda: ["knee-front", drawn_by()],
    "topic": ["knee-pain"],
    "program": ["revive-u"],
    "shared_preview": a_link,
    **dict.fromkeys(["booking", "move", "earlier", "invite"], a_token),
    "calendar": a_calendar,
    **dict.fromkeys(
        ["handouts:detail", "handouts:play", "handouts:pdf", "handouts:without_slash"],
        a_code,
    ),
    "handouts:lost": ["a/b/c/"],
    "video_file": ["no-such-video.mp4"],
    "media": ["no-such-picture.webp"],
    "admin:app_list": ["bookings"],
    "account_end_session": [4711],
    "mfa_remove_webauthn": [4711],
    "account_reset_from_link": lambda: a_password_link(links.RESET),
    "account_invited": lambda: a_password_link(links.INVITATION),
    "admin:view_on_site": lambda: [
        ContentType.objects.get_by_natural_key("articles", "article").pk,
        an_article().pk,
    ],
}
# What Django makes for each model of the admin.
LISTS, OF_ONE = ["changelist", "add"], ["change", "history", "delete"]


def an_article():
    return Article.objects.get(slug=ARTICLE[0])


def an_exercise():
    return Exercise.objects.get(slug=EXERCISE[0])


def a_routine():
    return Routine.objects.get(slug=ROUTINE[0])


def a_handout():
    return make_handout(make_exercise())


def a_mail():
    return make_mail(state="failed", last_error="OddError")


VERSION, SCORE, DECISION, COMPARED = "version", "pemat", "confirm", "?old=now&new=now"
# The pages about one row, besides what Django makes of each: the row, and more of the address.
OF_A_ROW = {
    **{
        f"admin:articles_article_{name}": (an_article, more)
        for name, more in {
            "reading": "",
            "self_score": SCORE,
            "compare": COMPARED,
            "look": VERSION,
            "restore": VERSION,
            "schedule": "",
            "links": "",
            "review": "",
        }.items()
    },
    **{
        f"admin:exercises_{kind}_{name}": (row, more)
        for kind, row in [("exercise", an_exercise), ("routine", a_routine)]
        for name, more in {
            "compare": COMPARED,
            "look": VERSION,
            "restore": VERSION,
            "schedule": "",
            "review": "",
        }.items()
    },
    "admin:clinic_clinic_review_help_list": (Clinic.objects.get, ""),
    "admin:exercises_handout_withdraw": (a_handout, ""),
    "admin:exercises_handout_review": (a_handout, ""),
    "admin:exercises_handout_extend": (a_handout, ""),
    "admin:exercises_handout_bring_back": (a_handout, ""),
    "admin:bookings_booking_decide": (make_booking, DECISION),
    "admin:bookings_booking_move": (make_booking, ""),
    "admin:bookings_booking_decline": (make_booking, ""),
    "admin:bookings_booking_cancel": (make_booking, ""),
    "admin:bookings_booking_contact": (make_booking, ""),
    "admin:bookings_booking_reply": (make_booking, ""),
    "admin:bookings_booking_undo": (make_booking, ""),
    "admin:bookings_booking_waiting": (make_booking, ""),
    "admin:bookings_booking_note": (make_booking, ""),
    "admin:bookings_outboxmail_again": (a_mail, ""),
}
UNNAMED = {
    r"admin:(?P<url>.*)$": "Django's answer where the admin has no page: a 404, or the way to the same with its slash",
    "admin:<path:object_id>/": "leads on to the form of a row, which asks who may see it",
}


def names(resolver=None, namespace=""):
    """The full name of every address below ``resolver``: by default, of the site."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield namespace + (pattern.name or str(pattern.pattern))
        else:
            inner = (
                f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            )
            yield from names(pattern, inner)


def every_name():
    return sorted({*names()} - UNNAMED.keys())


def of_django():
    """The addresses that Django makes for each model of the admin, with the model and what it is for."""
    return {
        f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}": (model, page)
        for model in admin.site._registry
        for page in [*LISTS, *OF_ONE]
    }


def is_for_staff(name):
    """Whether the address of that name is the admin's, or of an account: the pages of the site's own people."""
    return name.startswith(("admin:", "account_", "mfa_"))


def path_of(name):
    """A path of that name, made anew with whatever rows it needs."""
    if name in OF_A_ROW:
        return _path_of_a_row(name)
    if name in of_django():
        model, page = of_django()[name]
        arguments = [] if page in LISTS else [row_of(model).pk]
    else:
        made = ARGUMENTS.get(name, [])
        arguments = made() if callable(made) else made
    return reverse(name, args=arguments)


def _path_of_a_row(name):
    make_row, more = OF_A_ROW[name]
    row = make_row()
    if more == COMPARED:
        return reverse(name, args=[row.pk]) + COMPARED
    extra = {"": [], VERSION: [getattr(row, "live_version_id", None)]}.get(more, [more])
    return reverse(name, args=[row.pk, *extra])
