"""What is for one person alone, and stays so."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers

from kneecare.core.http.logs import holds_key

MULTIPLE_CHOICES = 300
View = Callable[..., HttpResponseBase]


def private(view: View) -> View:
    """For a page that is one person's own: no cache keeps it, no search engine lists it, no link tells its address."""

    @wraps(view)
    def kept_private(
        request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        return keep_private(view(request, *args, **kwargs))

    return kept_private


def keep_private(response: HttpResponseBase) -> HttpResponseBase:
    add_never_cache_headers(response)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


class PrivateErrorsMiddleware:
    """What is no page, at an address that holds a key: it tells nobody of the key, as little as the page would."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_static = request.path.startswith(settings.STATIC_URL)
        if response.status_code >= MULTIPLE_CHOICES and not is_static and holds_key(request.path):  # fmt: skip
            return keep_private(response)
        return response
