"""How a view says that its page is the same for everybody, and may be stored."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from kneecare.stored import revision
from kneecare.stored.answers import Validity
from kneecare.stored.moments import next_change
from kneecare.stored.purge import tags

# In the environ of a request whose answer would be stored.
ASKED = "kneecare.may_be_stored"
OK = 200
View = Callable[..., HttpResponseBase]


def may_be_stored(view: View) -> View:
    """For a page that depends on its URL and on the database alone, and on no more of a query than ``page_of`` reads.

    Shared caches may hold it for ``CDN_SECONDS``: by default they ask each time whether it is still so.
    """

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.is_for_all = True  # type: ignore[attr-defined]
        # Before the page is made: whatever changes meanwhile ends it.
        validity = _validity() if request.META.get(ASKED) else None
        response = view(request, *args, **kwargs)
        is_own_url = not request.GET or getattr(request, "is_page_of_list", False)
        if response.status_code == OK:
            response.headers.setdefault("Cache-Control", _for_caches(request))
            for name, tag in tags().items():
                response.headers[name] = tag
        if validity and validity.revision and is_own_url:
            response.validity = validity  # type: ignore[attr-defined]
        return response

    marked.may_be_stored = True  # type: ignore[attr-defined]
    return marked


def is_for_all(request: HttpRequest | None) -> bool:
    """Whether what is made is such a page, which shows what is published and nothing else."""
    return getattr(request, "is_for_all", False)


def page_of(request: HttpRequest, rows: Any, per_page: int) -> Page[Any]:
    """The page of a list that ``?page=`` asks for, or the nearest that there is."""
    asked = request.GET.get("page")
    page = Paginator(rows, per_page).get_page(asked)
    # Stored under the number that it has, and no other: of these there is no end.
    request.is_page_of_list = dict(request.GET) == {"page": [str(page.number)]}  # type: ignore[attr-defined]
    return page


def _validity() -> Validity:
    now = timezone.now()
    return Validity(revision.current(), now.timestamp(), next_change(now).timestamp())


def _for_caches(request: HttpRequest) -> str:
    if request.COOKIES or "Authorization" in request.headers:
        return "private, no-cache"
    if seconds := settings.CDN_SECONDS:
        return f"public, max-age=0, s-maxage={seconds}, stale-while-revalidate={seconds}"  # fmt: skip
    return "public, no-cache"
