"""What is asked for, of which a stored answer may be told: whatever else a request says makes Django answer it."""

import re
from functools import lru_cache
from typing import Any
from wsgiref.types import WSGIEnvironment

from django.conf import settings

from kneecare.core.http.client_ip import scheme_of

# A page of a list or, for search engines, of the sitemap. What more may stand in a query makes another page, or says
# who came from where.
QUERY = re.compile(r"(p(age)?=[1-9]\d{0,4})?")
# Its sender is somebody, or sends something.
SAYS_MORE = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "CONTENT_TYPE", "HTTP_TRANSFER_ENCODING")  # fmt: skip
ENCODINGS = ("br", "gzip")  # the better one first
IDENTITY = "identity"


def key_of(environ: WSGIEnvironment) -> str:
    """Scheme, host, path and page of a request whose answer may be a stored one; else ""."""
    query = environ.get("QUERY_STRING", "")
    is_plain = (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and not any(map(environ.get, SAYS_MORE))
        and environ.get("CONTENT_LENGTH") in (None, "", "0")
        and (not query or QUERY.fullmatch(query))
    )
    path, host = environ.get("PATH_INFO", ""), _host(environ)
    scheme = scheme_of(environ)
    if not (is_plain and host and scheme) or path.startswith(settings.STATIC_URL):
        return ""
    if settings.SECURE_SSL_REDIRECT and scheme != "https":
        return ""
    return f"{scheme}://{host}{path}?{query}"


def _host(environ: WSGIEnvironment) -> str:
    """The name by which the site is asked, if it is one of its own written out: of names below a dot there is no end, nor of ports."""
    asked = environ.get("HTTP_HOST", "")
    host, _, port = asked.partition(":")
    is_ours = host in settings.ALLOWED_HOSTS and port in ("", str(settings.SITE.port))
    return asked if is_ours else ""


@lru_cache(maxsize=256)
def encoding_for(accepted: str) -> str:
    """The best encoding that an Accept-Encoding header takes."""
    named = dict(_read(part) for part in accepted.split(","))
    return next((name for name in ENCODINGS if named.get(name)), IDENTITY)


def _read(part: str) -> tuple[str, bool]:
    """A name, and whether it is taken at all."""
    name, _, weight = part.partition(";")
    quality: Any = weight.strip().removeprefix("q=") or "1"
    return name.strip().lower(), bool(quality.strip("0."))


def matches(header: str, etag: str) -> bool:
    """Whether If-None-Match names ``etag``; a proxy that compresses on its way marks it as weak."""
    return header == etag or header.strip() == "*" or etag in (
        tag.strip().removeprefix("W/") for tag in header.split(",")
    )  # fmt: skip
