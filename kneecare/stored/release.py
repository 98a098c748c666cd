"""Which code answers, with which packages, static files and settings: another release takes no answer of this one."""

import hashlib
import json
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

CODE = ["kneecare", "articles", "exercises", "bookings", "templates"]
# What may hold a password, and changes no page.
SECRET = ("SECRET", "DATABASE", "CACHES", "EMAIL", "AWS", "STORAGES")


@cache
def release() -> str:
    """A name for all that a page is made of besides the database: hashed once, when the process starts."""
    digest = hashlib.sha256(sys.version.encode())
    for part in (*_code(), _packages(), _static_files(), _settings()):
        digest.update(part)
    return digest.hexdigest()[:16]


def _code() -> Iterator[bytes]:
    for folder in CODE:
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield f"{path} ".encode() + path.read_bytes()


def _packages() -> bytes:
    """Their names and versions, as installed."""
    found = {p.name for folder in sys.path for p in Path(folder).glob("*.dist-info")}
    return " ".join(sorted(found)).encode()


def _static_files() -> bytes:
    try:
        return Path(settings.STATIC_ROOT, "staticfiles.json").read_bytes()
    except OSError:
        return b""


def _settings() -> bytes:
    known: dict[str, Any] = {
        name: getattr(settings, name)
        for name in dir(settings)
        if name.isupper() and not name.startswith(SECRET)
    }
    return json.dumps(known, sort_keys=True, default=lambda value: type(value).__name__).encode()  # fmt: skip
