"""A file from another site: over HTTPS alone, of a limited size, and only when it has changed."""

import time
from dataclasses import dataclass
from http.client import HTTPResponse, IncompleteRead
from urllib.parse import urljoin, urlsplit

from django.conf import settings

from kneecare.core.outbound.guarded_client import (
    FAILURES,
    MAX_HOPS,
    REDIRECTS,
    answer_of,
    problem_of,
)

DEADLINE = 20  # seconds for one hop
LONGEST_HEADER = 300  # characters of an ETag or a date; a longer one is not kept
PIECE = 65_536  # bytes


class NoDownload(Exception):
    """In words for staff, which name no address."""


@dataclass(frozen=True)
class Download:
    """``body`` is None when the file is still as it was."""

    body: bytes | None
    etag: str = ""
    last_modified: str = ""


def download(
    url: str, *, most: int, etag: str = "", last_modified: str = ""
) -> Download:
    """The file at ``url``, of at most ``most`` bytes. ``etag`` and ``last_modified``: as an earlier download had them.

    Raises ``NoDownload``.
    """
    known = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    headers = _headers() | {name: value for name, value in known.items() if value}
    try:
        return _follow(url, headers, most)
    except FAILURES as error:
        raise NoDownload(problem_of(error)) from None  # its message may quote the URL


def _follow(url: str, headers: dict[str, str], most: int) -> Download:
    for _ in range(MAX_HOPS):
        if urlsplit(url).scheme != "https":
            raise NoDownload("it leads to an address without https")
        over = time.monotonic() + DEADLINE
        with answer_of("GET", url, headers=headers, deadline=DEADLINE) as response:
            location = response.headers.get("Location")
            if response.status not in REDIRECTS or not location:
                return _read(response, most, over)
        url = urljoin(url, location)
    raise NoDownload("too many redirects")


def _read(response: HTTPResponse, most: int, over: float) -> Download:
    if response.status == 304:
        return Download(None)
    if response.status != 200:
        raise NoDownload(f"the site answers {response.status}")
    # Nothing is unpacked here: a small file may unpack to a huge one.
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise NoDownload("the site sends it packed, though it was not asked to")
    body = _body(response, most, over)
    etag, last_modified = (
        value if len(value) <= LONGEST_HEADER else ""
        for value in (
            response.headers.get(name, "") for name in ["ETag", "Last-Modified"]
        )
    )
    return Download(body, etag, last_modified)


def _body(response: HTTPResponse, most: int, over: float) -> bytes:
    pieces, size = [], 0
    while piece := response.read(PIECE):
        size += len(piece)
        if size > most:
            raise NoDownload(f"the file is larger than {most // 1_000_000} MB")
        pieces.append(piece)
    # A connection that was cut looks like the end of the file.
    if time.monotonic() >= over:
        raise TimeoutError
    if response.length:
        raise IncompleteRead(b"".join(pieces), response.length)
    return b"".join(pieces)


def _headers() -> dict[str, str]:
    return {
        "User-Agent": f"KneeCare ({settings.SITE_URL})",
        "Accept": "text/calendar, */*;q=0.5",
        "Accept-Encoding": "identity",
    }
