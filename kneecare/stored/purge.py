"""A CDN is told of what changed, where it holds pages without asking.

One revision stands for all that visitors may see, so one tag stands on every page: a change ends them all there. Each is
asked for once, and answered from stored bytes. The address is the operator's, who may name a cache in a private network:
so it is not asked through ``core.outbound``.
"""

import json
import logging
from http.client import HTTPException
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings

from kneecare.stored.models import Revision

TAG = "pages"
TIMEOUT = 10  # seconds for one step
logger = logging.getLogger(__name__)
_told: set[str] = set()


class NoRedirects(HTTPRedirectHandler):
    """The key goes to the address that the operator wrote down, and to no other."""

    def redirect_request(self, *args: object) -> None:
        return None


def tags() -> dict[str, str]:
    """The headers of a page by which a CDN finds it again: Fastly's and others', and Cloudflare's."""
    return {"Surrogate-Key": TAG, "Cache-Tag": TAG} if settings.CDN_SECONDS else {}


def purge() -> None:
    """Have the CDN forget its pages, if anything changed since it did that last; where it fails, the next turn tries again."""
    if not (settings.CDN_SECONDS and settings.CDN_PURGE_URL):
        return
    row = Revision.objects.first()
    if row is None or row.token == row.purged:
        return
    try:
        _ask()
    except (OSError, HTTPException, ValueError) as error:
        _tell(error)
        return
    _told.clear()
    # What has changed meanwhile has another token: the next turn tells of it.
    Revision.objects.filter(pk=row.pk).update(purged=row.token)


def _tell(error: Exception) -> None:
    """Once for each kind of fault, until it is mended: every turn would say it again."""
    kind = type(error).__name__
    if kind not in _told:
        _told.add(kind)
        logger.warning(
            "The CDN is not told of changes, which it may show late: %s", kind
        )


def _ask() -> None:
    name, _, value = settings.CDN_PURGE_HEADER.partition(":")
    headers = {"Content-Type": "application/json", "Surrogate-Key": TAG}
    if name:
        headers[name.strip()] = value.strip()
    body = json.dumps({"tags": [TAG]}).encode()
    request = Request(settings.CDN_PURGE_URL, body, headers, method="POST")  # noqa: S310 - checked at the start
    with build_opener(NoRedirects).open(request, timeout=TIMEOUT):
        pass
