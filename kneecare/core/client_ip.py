"""Who asks, as far as the network tells."""

from ipaddress import ip_address, ip_network


def sender_address(request):
    """The network address that a request comes from.

    The web server listens on the loopback, so that whoever connects to it there is our own proxy, and the last
    address that it notes is true. Where a stranger can connect, the header is theirs and says nothing.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    noted = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return noted if noted and _is_private(peer) else peer


def household(address):
    """A network address as far as it tells senders apart: for IPv6 its first half, as one household has all of the rest.

    "" for what is no address.
    """
    try:
        ip = ip_address(address)
    except ValueError:
        return ""
    return str(ip_network((ip, 64), strict=False)) if ip.version == 6 else address


def _is_private(address):
    try:
        return ip_address(address).is_private
    except ValueError:
        return not address  # a socket of the machine itself has none
