"""What the environment says: taken as it stands, or refused at the start by one line that says how to mend it."""

import re
import warnings
from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any, NoReturn
from urllib.parse import SplitResult, urlsplit

import environ
from django.utils.encoding import punycode

HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?\.?|\[[0-9a-f:.]+\]")
ADDRESS = re.compile(r"[^@\s<>,;:\"]+@[^@\s<>,;:\"]+")
NAME_AND_ADDRESS = re.compile(r"([^<>\r\n]*)<\s*([^<>]*?)\s*>")
# Where nobody is asked over the network.
WITHOUT_HOST = re.compile(r"(sqlite|(loc)?mem\w*|dummy\w*|file\w*|console\w*|db\w*):")
Network = IPv4Network | IPv6Network


def refuse(name: str, why: str) -> NoReturn:
    raise SystemExit(f"KneeCare: {name} {why}")


class LiteralEnv(environ.Env):  # type: ignore[misc]
    """A value that begins with "$" names no other variable: a secret may begin with any sign.

    Blanks around a value are an accident of whoever typed it, but in a key; a blank value is none.
    """

    def get_value(self, var: Any, cast: Any = None, *args: Any, **kwargs: Any) -> Any:
        value = self.ENVIRON.get(str(var), "")
        if var != "SECRET_KEY":
            value = value.strip()
        if not value.strip():
            return kwargs.get("default", args[0] if args else None)
        try:
            return self.parse_value(value, cast) if cast else value
        except ValueError:
            refuse(str(var), "has to be a number.")

    def words(self, name: str, default: list[str]) -> list[str]:
        """Words that commas or blanks part, or both."""
        text = self.str(name, default="")
        return [word for word in re.split(r"[,\s]+", text) if word] or default

    def service(self, kind: str, name: str, default: str) -> dict[str, Any]:
        """The settings that a URL stands for. ``kind`` is "db", "cache" or "email"."""
        url = self.str(name, default=default)
        _refuse_unreadable(name, url)
        read: Callable[[str], dict[str, Any]] = getattr(self, f"{kind}_url_config")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # they quote the password
                found = read(url)
        except Exception:  # noqa: BLE001 - whatever it was, its message may quote the password
            found = {}
        if not found or "." not in found.get("ENGINE", "."):
            refuse(name, "does not begin with the name of a service, such as postgres://, redis:// or smtp://.")  # fmt: skip
        return found

    def site(self, name: str, default: str) -> SplitResult:
        """The public address of the site, as browsers send it, whichever way its letters were given."""
        try:
            parts = ascii_url(self.str(name, default=default).rstrip("/"))
            is_host = bool(HOST.fullmatch(host_of(parts))) and parts.port != 0
        except ValueError:  # of which what IDNA says of a name is one
            refuse(name, "has no name of a host that there can be.")
        if parts.scheme not in ("http", "https"):
            refuse(name, "has to begin with https:// (or http://, without encryption).")
        if not is_host or "@" in parts.netloc:
            refuse(name, "has no name of a host that there can be.")
        if parts.path or parts.query or parts.fragment:
            refuse(name, "may not have a path: the site stands at the root of its host.")  # fmt: skip
        return parts

    def hosts(self, name: str, default: list[str]) -> list[str]:
        try:
            found = [ascii_host(host) for host in self.words(name, default)]
        except UnicodeError:
            refuse(name, "has a name that no host can have.")
        for host in found:
            if host != "*" and not HOST.fullmatch(host.removeprefix(".")):
                refuse(name, "takes names of hosts alone: no https://, no port, no path.")  # fmt: skip
        return found

    def proxies(self, name: str, default: list[str]) -> int | list[Network]:
        """How many proxies stand before the site, or the networks that they are in."""
        words = self.words(name, default)
        if len(words) == 1 and words[0].isdecimal():
            return int(words[0])
        try:
            return [ip_network(word, strict=False) for word in words]
        except ValueError:
            refuse(name, "takes a number of proxies, or IPs and networks: 127.0.0.1, 10.0.0.0/8")  # fmt: skip

    def sender(self, name: str, default: str) -> str:
        """Who mail is from: an address, or a name before it in <>, quoted where a comma would part it."""
        text = self.str(name, default="")
        if not text:
            return default
        found = NAME_AND_ADDRESS.fullmatch(text)
        words, address = found.groups() if found else ("", text)
        if not ADDRESS.fullmatch(address):
            refuse(name, "has to be one address: Knee Clinic <post@clinic.example>")
        words = re.sub(r'^"(.*)"$', r"\1", words.strip()).replace('\\"', '"')
        quoted = words.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{address}>' if words else address


def _refuse_unreadable(name: str, url: str) -> None:
    """A sign that parts a URL, within its password, would send all after it elsewhere."""
    if WITHOUT_HOST.match(url):
        return
    try:
        parts = urlsplit(url)
        # In a path, as of a socket, and in an option "@" parts nothing.
        is_torn = parts.fragment or ("@" in url and "@" not in parts.netloc)
        is_torn = is_torn or parts.netloc.count("@") > 1
        is_torn = is_torn or ("," not in parts.netloc and parts.port == 0)
    except ValueError:
        is_torn = True
    if is_torn:
        refuse(name, "cannot be read: write # / ? @ : % in its password as %23 %2F %3F %40 %3A %25.")  # fmt: skip


def host_of(parts: SplitResult) -> str:
    host = parts.hostname or ""
    return f"[{host}]" if ":" in host else host


def ascii_host(host: str) -> str:
    """``host`` as browsers and other machines write it (IDNA, small letters); a dot before it stands for all below it."""
    dot = "." * host.startswith(".")
    return dot + punycode(host.removeprefix(".")).lower()


def ascii_url(url: str) -> SplitResult:
    """``url`` in parts, with its host in small letters of ASCII."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return parts._replace(netloc=parts.netloc.lower().replace(host, ascii_host(host)))
