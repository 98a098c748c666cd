import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

LEAST_ROOM = 16 * 1024**2  # bytes on the disk: less is full within the hour
Check = Callable[[], str]
CHECKS: list[Check] = []


def readiness(check: Check) -> Check:
    """Have ``/readyz`` ask ``check`` what keeps the site from its work: a few words that name nobody, or "" for nothing."""
    CHECKS.append(check)
    return check


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("alive\n", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Whether the site can do its work; 503 with what is wrong when it cannot."""
    try:
        wrong = [words for check in CHECKS if (words := check())]
    except (DatabaseError, InterfaceError):
        wrong = ["the database does not answer"]
    text = "\n".join(wrong) or "ready"
    status = 503 if wrong else 200
    return HttpResponse(f"{text}\n", content_type="text/plain", status=status)


@readiness
def database() -> str:
    """Nothing is written here: on SQLite, that would wait for those who do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return "" if _is_writable(cursor) else "the database takes nothing in"


def _is_writable(cursor: Any) -> bool:
    if connection.vendor == "postgresql":
        cursor.execute("SELECT current_setting('transaction_read_only')")
        return bool(cursor.fetchone() == ("off",))
    file = Path(connection.settings_dict["NAME"])
    # Its journal stands beside it.
    return all(os.access(path, os.W_OK) for path in [file, file.parent])


@readiness
def disk() -> str:
    try:
        with tempfile.TemporaryFile(dir=settings.DATA_DIR) as file:
            file.write(bytes(65536))
        room = shutil.disk_usage(settings.DATA_DIR).free
    except OSError:
        return "the data folder takes nothing in"
    return "the disk is full" if room < LEAST_ROOM else ""
