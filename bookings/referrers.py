"""What kind of page led to a request."""

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from django.db.models import Case, Q, TextField, Value, When

# Where a visitor may have come from, as far as we remember it: a page that everybody can open.
PUBLIC_PAGE = re.compile(
    r"/(?:(?:articles|topics|exercises|routines|programs)/[\w/-]*|where-does-it-hurt/)?",
    re.ASCII,
)


class Referrer(NamedTuple):
    key: str
    label: str
    condition: Q


def _below(*paths):
    condition = Q()
    for path in paths:
        condition |= Q(referrer__startswith=path)
    return condition


REFERRERS = [
    Referrer("articles", "Articles", _below("/articles/", "/topics/")),
    Referrer("finder", "Where does it hurt", _below("/where-does-it-hurt/")),
    Referrer("exercises", "Exercises", _below("/exercises/")),
    Referrer("routines", "Routines", _below("/routines/")),
    Referrer("programs", "Programs", _below("/programs/")),
    Referrer("home", "Home page", Q(referrer="/")),
    Referrer("unknown", "Not known", Q(referrer="")),
]


def referrer_key():
    """The key of each request's referrer, as the database finds it."""
    return Case(
        *[When(referrer.condition, then=Value(referrer.key)) for referrer in REFERRERS],
        default=Value("unknown"),
        output_field=TextField(),
    )


def public_path(text):
    """``text`` where it is the path of a page that everybody can open; else nothing."""
    return text if len(text) <= 200 and PUBLIC_PAGE.fullmatch(text) else ""


def referrer_of(request):
    """The path of the page of ours that led here, as the browser says, or a link of this page to other days."""
    via = public_path(request.GET.get("via", ""))
    if via:
        return via
    try:
        referrer = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    return public_path(referrer.path) if referrer.netloc == request.get_host() else ""
