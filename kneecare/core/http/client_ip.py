"""Who asks, as far as the network tells."""

from ipaddress import ip_address, ip_network

from django.http import HttpRequest


def client_ip(request: HttpRequest) -> str:
    """The IP that a request comes from.

    The web server listens on the loopback, so that whoever connects to it there is our own proxy, and the last
    IP that it notes is true. Where a stranger can connect, the header is theirs and says nothing.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    noted = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return noted if noted and _is_private(peer) else peer


def network_of(ip: str) -> str:
    """``ip`` as far as it tells clients apart: for IPv6 its first half, as one household has all of the rest.

    "" for what is no IP.
    """
    try:
        parsed = ip_address(ip)
    except ValueError:
        return ""
    return str(ip_network((parsed, 64), strict=False)) if parsed.version == 6 else ip


def _is_private(ip: str) -> bool:
    try:
        return ip_address(ip).is_private
    except ValueError:
        return not ip  # a socket of the machine itself has none
