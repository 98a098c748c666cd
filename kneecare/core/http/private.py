"""What is for one person alone, and stays so."""

from collections.abc import Callable
from functools import wraps
from typing import Any

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
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return kept_private


class PrivateErrorsMiddleware:
    """What is no page, at an address that holds a key, is kept nowhere and tells nobody of the key, as little as the page would."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_page = response.status_code < MULTIPLE_CHOICES
        if not is_page and "Cache-Control" not in response and holds_key(request.path):
            add_never_cache_headers(response)
            response["Referrer-Policy"] = "no-referrer"
        return response
