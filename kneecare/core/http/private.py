from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers

View = Callable[..., HttpResponseBase]


def private(view: View) -> View:
    """For a page that is one person's own: no cache keeps it, no search engine lists it, no link tells its address."""

    @wraps(view)
    def kept_private(
        request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return kept_private
