"""Does a web page answer? HEAD, then GET; redirects by hand; never a body, and never a host in a private network."""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri

TIMEOUT = 4  # seconds for one step
DEADLINE = 8  # seconds for all of one round of links
MAX_HOPS = 5
REDIRECTS = {301, 302, 303, 307, 308}
NO_HEAD = {400, 403, 404, 405, 406, 410, 429, 500, 501, 503}  # GET may know better
PORTS = {80, 443}
NAT64 = ipaddress.ip_network("64:ff9b::/96")
FAILURES = (OSError, http.client.HTTPException, ValueError)


class NotPublic(Exception):
    """The link leads, or may lead, into a private network."""


@dataclass(frozen=True)
class Answer:
    """``status`` is the last page's, or None when there was none; ``problem`` then says why."""

    status: int | None = None
    problem: str = ""


def check_all(urls: list[str]) -> dict[str, Answer]:
    """``{url: Answer}``, all asked at once; whoever is not done by the deadline is without an answer."""
    answers: dict[str, Answer] = {}

    def ask(url: str) -> None:
        answers[url] = check(url)

    # Daemons, as asking a name server has no time limit of its own.
    threads = [threading.Thread(target=ask, args=[url], daemon=True) for url in urls]
    for thread in threads:
        thread.start()
    over = time.monotonic() + DEADLINE
    for thread in threads:
        thread.join(max(0, over - time.monotonic()))
    return {url: answers.get(url, Answer(problem="no answer in time")) for url in urls}


def check(url: str) -> Answer:
    try:
        return _follow(url)
    except NotPublic:
        return Answer(problem="not a public address")
    except ssl.SSLError:
        return Answer(problem="no valid certificate")
    except socket.gaierror:
        return Answer(problem="no such site, or no way to ask")
    except TimeoutError:
        return Answer(problem="no answer in time")
    except FAILURES:
        return Answer(problem="no answer")


def _follow(url: str) -> Answer:
    for _ in range(MAX_HOPS):
        status, location = _ask("HEAD", url)
        if status in NO_HEAD:
            status, location = _ask("GET", url)
        if status not in REDIRECTS or not location:
            return Answer(status=status)
        url = urljoin(url, location)
    return Answer(problem="too many redirects")


def _ask(method: str, url: str) -> tuple[int, str | None]:
    """``(status, location)`` of one request, from its head alone: http.client reads at most 100 lines of it."""
    parts = urlsplit(url)
    connection = _connection(parts)
    # A page that drips byte by byte stays within every other limit.
    killer = threading.Timer(DEADLINE, _cut, [connection.sock])
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        killer.start()
        connection.request(method, iri_to_uri(path), headers=_headers())
        response = connection.getresponse()
        return response.status, response.headers.get("Location")
    finally:
        killer.cancel()
        connection.close()


def _cut(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _headers() -> dict[str, str]:
    return {
        "User-Agent": f"KneeCare link check ({settings.SITE_URL})",
        "Accept": "*/*",
        "Connection": "close",
    }


def _connection(parts: SplitResult) -> http.client.HTTPConnection:
    """A connection to the one IP that was looked at: a second look-up could tell another."""
    secure = parts.scheme == "https"
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        raise NotPublic(parts.scheme)
    port = parts.port or (443 if secure else 80)
    ip = public_ip(parts.hostname, port)
    connection = http.client.HTTPConnection(parts.hostname, port, timeout=TIMEOUT)
    plain = socket.create_connection((ip, port), timeout=TIMEOUT)
    connection.sock = _wrapped(plain, parts.hostname) if secure else plain
    return connection


def _wrapped(plain: socket.socket, host: str) -> ssl.SSLSocket:
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except BaseException:
        plain.close()
        raise


def public_ip(host: str, port: int) -> str:
    """An IP of ``host`` to connect to; the caller must connect to this one and not ask again.

    Raises ``NotPublic`` when the port is unusual or any IP of the host is not one of the open internet,
    and ``OSError`` when the host is not known.
    """
    if port not in PORTS:
        raise NotPublic(f"port {port}")
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    ips = [str(entry[4][0]) for entry in found]
    if not ips or not all(is_public(ip) for ip in ips):
        raise NotPublic(host)
    return ips[0]


def is_public(text: str) -> bool:
    """Whether an IP belongs to the open internet, also when it carries an IPv4 one inside."""
    try:
        ip = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    inner = _inner(ip) if isinstance(ip, ipaddress.IPv6Address) else None
    if inner is not None:
        return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _inner(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 inside of an IPv6 that wraps it, or None."""
    if ip in NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    teredo = ip.teredo[1] if ip.teredo else None
    return ip.ipv4_mapped or ip.sixtofour or teredo
