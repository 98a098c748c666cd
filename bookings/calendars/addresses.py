"""The address of a calendar, as people paste it, and as the worker asks for it."""

import ipaddress
import re
import socket
from contextlib import suppress
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ValidationError
from django.utils.encoding import punycode

from kneecare.core.outbound.guarded_client import is_public

SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)
CALENDAR_SCHEMES = {"webcal", "webcals"}  # the same by another name
LONGEST_HOST = 253  # characters, as name servers have it
ONLY_AT_HOME = ("localhost", ".localhost", ".local", ".internal", ".lan", ".home.arpa")

ODD = "This is no address: it holds a space, a line break or another odd character. Copy it again."
NO_HTTPS = "The address has to begin with https:// (or webcal://). Without https, others could read it on its way."
NO_SITE = "This names no site. Copy the whole address, from https:// on."
NO_NAMES = "Take the name and the password out of the address: it must open by itself."
NO_PORT = "An address with a port of its own (the number after the colon) is not asked."
NOT_PUBLIC = "This leads into a private network, which is never asked. The calendar must be on the internet."


def https_address(text: str) -> str:
    """The address that ``text`` means, which is https and, as far as its letters tell, on the open internet.

    Raises ``ValidationError``, which never quotes it: it is a secret.
    """
    text = text.strip()
    if re.search(r"[\s\x00-\x1f\x7f]", text):
        raise ValidationError(ODD)
    if not SCHEME.match(text):
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        if parts.scheme in CALENDAR_SCHEMES:
            parts = parts._replace(scheme="https")
        _check(parts)
    except (ValueError, UnicodeError):
        raise ValidationError(NO_SITE) from None
    return parts._replace(fragment="").geturl()


def _check(parts: SplitResult) -> None:
    if parts.scheme != "https":
        raise ValidationError(NO_HTTPS)
    if parts.username is not None or parts.password is not None:
        raise ValidationError(NO_NAMES)
    host = parts.hostname or ""
    if not host.strip(".") or len(host) > LONGEST_HOST:
        raise ValidationError(NO_SITE)
    if parts.port not in (None, 443):
        raise ValidationError(NO_PORT)
    if _is_private(punycode(host)):
        raise ValidationError(NOT_PUBLIC)


def _is_private(host: str) -> bool:
    """Whether the name alone tells; where it leads is looked at each time that it is asked."""
    with suppress(ValueError):
        return not is_public(str(ipaddress.ip_address(host)))
    with suppress(OSError):
        # Numbers that C reads as an address, as in 127.1 or 0x7f.1: the fetch would go where they lead.
        return not is_public(socket.inet_ntoa(socket.inet_aton(host.rstrip("."))))
    return "." not in host or host.rstrip(".").endswith(ONLY_AT_HOME)
