"""What the environment says, taken as it stands."""

from typing import Any
from urllib.parse import SplitResult, urlsplit

import environ
from django.utils.encoding import punycode


class LiteralEnv(environ.Env):  # type: ignore[misc]
    """A value that begins with "$" names no other variable: a secret may begin with any sign."""

    def get_value(self, var: Any, cast: Any = None, *args: Any, **kwargs: Any) -> Any:
        value = self.ENVIRON.get(str(var), "")
        if value.startswith("$"):
            return self.parse_value(value, cast) if cast else value
        return super().get_value(var, cast, *args, **kwargs)


def ascii_host(host: str) -> str:
    """``host`` as browsers and other machines write it (IDNA, small letters); a dot before it stands for all below it."""
    dot = "." * host.startswith(".")
    return dot + punycode(host.removeprefix(".")).lower()


def ascii_url(url: str) -> SplitResult:
    """``url`` in parts, with its host in small letters of ASCII."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return parts._replace(netloc=parts.netloc.lower().replace(host, ascii_host(host)))
