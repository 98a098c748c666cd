import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.views.defaults import bad_request

from kneecare.core.http.charset import REFUSED
from kneecare.core.text.characters import FORBIDDEN, printable, visible

GetResponse = Callable[[HttpRequest], HttpResponseBase]
NUL = "\x00"
logger = logging.getLogger(__name__)

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in [
        "camera",
        "geolocation",
        "microphone",
        "payment",
        "usb",
        "browsing-topics",
    ]
)


class PolicyHeadersMiddleware:
    """Headers that Django does not set itself."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class CompressTextMiddleware(GZipMiddleware):
    """Django's compression, but for photos, which are compressed already and are asked for by range, and for what is stored in all encodings."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "")
        is_photo = kind.startswith("image/") and kind != "image/svg+xml"
        if is_photo or hasattr(response, "validity"):
            return response
        return super().process_response(request, response)


class RefuseJunkMiddleware:
    """Answer 400 where the site could only fail.

    That is a NUL in a URL, an encoding that is none of ours, a number that no column can hold.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.META.get(REFUSED):
            return bad_request(request, BadRequest("charset"))
        query = request.META.get("QUERY_STRING", "")
        if "\x00" in request.path or "\x00" in unquote(query):
            return bad_request(request, BadRequest("NUL"))
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        if isinstance(exception, (OverflowError, DataError)):
            kind = type(exception).__name__
            logger.warning("Refused a value that the database cannot hold: %s", kind)
            return bad_request(request, exception)
        return None


class PrintableFormsMiddleware:
    """Every form, whichever app it belongs to, gets what was sent without characters that XML forbids.

    They are dropped and not refused: whoever pasted them cannot see them. Only NUL is left, which forms refuse themselves.
    A text in which there is nothing to see is none: a title must have one.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        # Not before: nobody reads the body of a form that CSRF protection turns away.
        request.GET = _printable(request.GET)
        if request.method == "POST":
            request.POST = _printable(request.POST)


def _printable(sent: QueryDict) -> Any:
    if not any(_is_odd(value) for _, values in sent.lists() for value in values):
        return sent
    cleaned = sent.copy()
    for name, values in sent.lists():
        cleaned.setlist(name, [_cleaned(value) for value in values])
    cleaned._mutable = False
    return cleaned


def _is_odd(value: str) -> bool:
    return bool(FORBIDDEN.search(value) or _is_unseen(value))


def _is_unseen(value: str) -> bool:
    """Whether it is more than blanks, which forms know, and yet nothing to see."""
    return bool(value.strip()) and NUL not in value and not visible(value)


def _cleaned(value: str) -> str:
    text = NUL.join(map(printable, value.split(NUL)))
    return "" if _is_unseen(text) else text
