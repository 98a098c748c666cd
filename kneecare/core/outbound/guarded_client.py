"""One question to another site by HTTP, and never one to a host in a private network. Redirects are the caller's to follow, each by a question of its own."""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import SplitResult, urlsplit

from django.utils.encoding import iri_to_uri

TIMEOUT = 4  # seconds for one step
MAX_HOPS = 5
REDIRECTS = {301, 302, 303, 307, 308}
PORTS = {80, 443}
# Of the registries' special networks those that Python took for global ones before 3.11.10 (RFC 6890, 8215, 9637, 9602).
SPECIAL = [
    ipaddress.ip_network(text)
    for text in ("192.0.0.0/24", "64:ff9b:1::/48", "3fff::/20", "5f00::/16")
]
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class NotPublic(Exception):
    """The URL leads, or may lead, into a private network."""


FAILURES = (NotPublic, OSError, http.client.HTTPException, ValueError)


@contextmanager
def answer_of(
    method: str,
    url: str,
    *,
    headers: dict[str, str],
    deadline: float,
    body: bytes | None = None,
) -> Iterator[http.client.HTTPResponse]:
    """What the site of ``url`` answers: its head is read, its body is the caller's to read.

    After ``deadline`` seconds the connection is cut, since a page that drips byte by byte stays within every other
    limit. Raises one of ``FAILURES``.
    """
    parts = urlsplit(url)
    connection = _connection(parts)
    killer = threading.Timer(deadline, _cut, [connection.sock])
    try:
        killer.start()
        if isinstance(connection.sock, ssl.SSLSocket):
            connection.sock.do_handshake()
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(
            method,
            iri_to_uri(path),
            body=body,
            headers={**headers, "Connection": "close"},
        )
        with connection.getresponse() as response:  # it has the socket by now
            yield response
    finally:
        killer.cancel()
        connection.close()


def problem_of(error: BaseException) -> str:
    """What one of ``FAILURES`` means, in words that name no address."""
    match error:
        case NotPublic():
            return "not a public address"
        case ssl.SSLError():
            return "no valid certificate"
        case socket.gaierror():
            return "no such site, or no way to ask"
        case TimeoutError():
            return "no answer in time"
    return "no answer"


def _cut(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


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
    """The hand is shaken later, within the deadline."""
    try:
        return ssl.create_default_context().wrap_socket(
            plain, server_hostname=host, do_handshake_on_connect=False
        )
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
    if any(ip in network for network in SPECIAL):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _inner(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 inside of an IPv6 that wraps it, or None."""
    if ip in NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    teredo = ip.teredo[1] if ip.teredo else None
    return ip.ipv4_mapped or ip.sixtofour or teredo
