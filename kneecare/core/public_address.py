"""Asking a web address whether it answers, without ever knocking on a private door."""

import ipaddress
import socket

PORTS = {80, 443}
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class NotPublic(Exception):
    """The address leads, or may lead, into a private network."""


def public_ip(host, port):
    """An IP address of ``host`` to connect to; the caller must connect to this one and not ask again.

    Raises ``NotPublic`` when the port is unusual or any address of the host is not one of the open internet,
    and ``OSError`` when the host is not known.
    """
    if port not in PORTS:
        raise NotPublic(f"port {port}")
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(is_public(address) for address in addresses):
        raise NotPublic(host)
    return addresses[0]


def is_public(address):
    """Whether an IP address belongs to the open internet, also when it carries an IPv4 one inside."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _inner(ip) if ip.version == 6 else None
    if inner is not None:
        return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _inner(ip):
    """The IPv4 address inside of an IPv6 one that wraps it, or None."""
    if ip in NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    teredo = ip.teredo[1] if ip.teredo else None
    return ip.ipv4_mapped or ip.sixtofour or teredo
