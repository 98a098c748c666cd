"""A database or a storage that fails for a moment: a page is read again where that is safe, else told kindly, with every typed word kept."""

import logging
import sys
from collections.abc import Callable
from typing import Any

from django.db import InterfaceError, InternalError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.template.response import SimpleTemplateResponse
from django.utils.cache import add_never_cache_headers
from django.views.defaults import server_error as broken

from kneecare.core.database.retry import is_cut
from kneecare.core.storage import StorageAway

logger = logging.getLogger(__name__)

RETRY_AFTER = "30"  # seconds
# The disk is full, the data is read-only, too many are writing, the connection was cut.
DATABASE_FAULTS = (OperationalError, InterfaceError, InternalError)
# The fields that people know by these names; what else a form sent is sent again unseen.
LABELS = {
    "name": "Your name",
    "email": "Your e-mail",
    "phone": "Your phone",
    "message": "Your words",
    "username": "User name",
    "password": "Password",
}


class ReadAgainMiddleware:
    """Answer a page that was only read once more, on a new connection, when the one to the database was cut."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        if match is None or request.method not in ("GET", "HEAD"):
            return None
        if not isinstance(exception, DATABASE_FAULTS):
            return None
        if connection.in_atomic_block or not is_cut(exception):
            return None
        connection.close()
        logger.warning(
            "The connection to the database was cut; the page is read again."
        )
        response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        return (
            response.render()
            if isinstance(response, SimpleTemplateResponse)
            else response
        )


def server_error(request: HttpRequest) -> HttpResponse:
    """The last answer to what no view could answer: 503 with the words that were sent where the database or storage failed, else 500."""
    if isinstance(sys.exc_info()[1], (*DATABASE_FAULTS, StorageAway)):
        return try_later(HttpResponse(render_to_string("503.html", _words(request))))
    return broken(request)


def try_later(response: HttpResponse) -> HttpResponse:
    response.status_code = 503
    response["Retry-After"] = RETRY_AFTER
    add_never_cache_headers(response)
    return response


def _words(request: HttpRequest) -> dict[str, Any]:
    """What was sent, to be sent again: what people typed in fields of their own, all else unseen, and no password."""
    sent = [(name, value) for name, some in _posted(request) for value in some]
    return {
        "is_form": request.method == "POST",
        "files": list(request.FILES) if request.method == "POST" else [],
        "typed": [
            (name, LABELS[name], "" if name == "password" else value)
            for name, value in sent
            if name in LABELS
        ],
        "unseen": [
            (name, value)
            for name, value in sent
            if name not in LABELS and "password" not in name
        ],
    }


def _posted(request: HttpRequest) -> Any:
    return request.POST.lists() if request.method == "POST" else []
