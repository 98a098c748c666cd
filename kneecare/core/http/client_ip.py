"""Who asks, and over what, as far as the network and the proxies that we trust tell."""

import logging
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

UNKNOWN_PROXY = (
    "The proxy at %s says that visitors use HTTPS, and is not trusted, so that they would be sent round in a circle. "
    "If it is yours, name it in TRUSTED_PROXIES."
)
NO_SCHEME = "The proxy at %s does not set X-Forwarded-Proto: visitors who use HTTPS are sent round in a circle."
logger = logging.getLogger(__name__)


def client_ip(request: HttpRequest) -> str:
    """The IP that a request comes from: the last one in the line of proxies that is not ours.

    What a stranger writes into the header stands before what our proxies add to it, and says nothing. Nor does what is
    no IP, which a proxy has passed on as it came: then it is the proxy that asks.
    """
    trusted = settings.TRUSTED_PROXIES
    peer = str(request.META.get("REMOTE_ADDR", ""))
    noted = request.headers.get("X-Forwarded-For", "").split(",")
    line = [part for word in noted if (part := _without_port(word.strip()))] + [peer]
    if isinstance(trusted, int):
        return _ip(line[max(0, len(line) - 1 - trusted)]) or peer
    while len(line) > 1 and is_trusted(line[-1]) and _ip(line[-2]):
        line.pop()
    return _ip(line[-1]) or peer


def _ip(text: str) -> str:
    """``text`` as the IP that it writes, in its shortest form and without a name of a network card; "" where it writes none."""
    try:
        return str(ip_address(text.partition("%")[0]))
    except ValueError:
        return ""


def network_of(ip: str) -> str:
    """``ip`` as far as it tells clients apart: for IPv6 its first half, as one household has all of the rest.

    "" for what is no IP.
    """
    try:
        parsed = ip_address(ip)
    except ValueError:
        return ""
    return str(ip_network((parsed, 64), strict=False)) if parsed.version == 6 else ip


def is_trusted(ip: str) -> bool:
    trusted = settings.TRUSTED_PROXIES
    if isinstance(trusted, int):
        return trusted > 0
    try:
        parsed = ip_address(ip)
    except ValueError:
        return not ip  # a socket of the machine itself has none
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    return any(parsed in network for network in trusted)


def scheme_of(environ: dict[str, Any]) -> str:
    """The scheme by which the visitor asks, as a trusted proxy says it; "" where another proxy says one."""
    own = str(environ["wsgi.url_scheme"])
    if "HTTP_X_FORWARDED_PROTO" not in environ:
        return own
    if not is_trusted(str(environ.get("REMOTE_ADDR", ""))):
        return ""
    return _said(environ) or own


def _said(environ: dict[str, Any]) -> str:
    """What the nearest proxy says, where it is one that there is."""
    said = str(environ.get("HTTP_X_FORWARDED_PROTO", "")).rpartition(",")[2].strip()
    return said if said in ("http", "https") else ""


class TrustedProxiesMiddleware:
    """Take the scheme from a proxy that we trust, and from no other."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.told: set[str] = set()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        said = _said(request.META)
        peer = str(request.META.get("REMOTE_ADDR", ""))
        if is_trusted(peer):
            request.META["wsgi.url_scheme"] = scheme_of(request.META)
            if not said and settings.HTTPS and "X-Forwarded-For" in request.headers:
                self._tell(NO_SCHEME, peer)
        elif said == "https" and settings.SECURE_SSL_REDIRECT and not _is_health(request):  # fmt: skip
            self._tell(UNKNOWN_PROXY, peer)
            text = "The proxy before this site is not known to it. The site's log says more.\n"
            return HttpResponse(text, content_type="text/plain", status=503)
        return self.get_response(request)

    def _tell(self, text: str, peer: str) -> None:
        """Once for each process: a stranger fills no log with it."""
        if text not in self.told:
            self.told.add(text)
            logger.error(text, peer)


def _is_health(request: HttpRequest) -> bool:
    return request.path_info in ("/healthz", "/readyz", "/metrics")


def _without_port(text: str) -> str:
    """Some proxies note the port as well: 192.0.2.1:4711, [2001:db8::1]:4711."""
    host, colon, _ = text.rpartition(":")
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return host if colon and ":" not in host else text
