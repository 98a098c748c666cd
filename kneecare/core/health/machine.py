"""What the machine owes the site: a database, its files, room on the disk."""

import os
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import (
    FileSystemStorage,
    default_storage,
    storages,
)
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from kneecare.core.health.checks import Severity, health_check

LEAST_ROOM = 16 * 1024**2  # bytes on the disk: less is full within the hour
LITTLE_ROOM = 1024**3  # less is full within weeks, as videos and backups come
PREPARE = "Run: python manage.py prepare"
STORAGE = "See that the folder media/ in KNEECARE_DATA, or the bucket, can be reached with the keys that are set."
SPACE = "Make room, or move KNEECARE_DATA to a larger disk."


@health_check(
    "See that the database is no replica, and that the disk it is on takes files in."
)
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


@health_check(PREPARE)
def migrations() -> str:
    try:
        _require_migrated()
    except LookupError:
        return "the database is not migrated"
    return ""


@cache
def _require_migrated() -> None:
    """It takes long, and what is migrated stays so: once it was, a process asks no more. What is raised is not kept."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise LookupError


@health_check(PREPARE + ", then start the web processes anew.", asks_database=False)
def static_files() -> str:
    """A process that started before they were made does not know them, even when they are there."""
    names = getattr(storages["staticfiles"], "hashed_files", None)
    is_there = names is None or any(
        Path(settings.STATIC_ROOT, name).exists() for name in [*names.values()][:1]
    )
    return "" if is_there or settings.DEBUG else "there are no static files"


@health_check(STORAGE, asks_database=False)
def pictures() -> str:
    """Whether a name that nothing has can be asked for: what storage says when it is away names the bucket."""
    try:
        default_storage.exists("readyz")
        is_local = isinstance(default_storage, FileSystemStorage)
        is_there = not is_local or Path(settings.MEDIA_ROOT).is_dir()
    except Exception:  # noqa: BLE001 - each kind of storage has its own
        is_there = False
    return "" if is_there else "the pictures are away"


@health_check(SPACE, asks_database=False)
def disk() -> str:
    try:
        with tempfile.TemporaryFile(dir=settings.DATA_DIR) as file:
            file.write(bytes(65536))
        room = shutil.disk_usage(settings.DATA_DIR).free
    except OSError:
        return "the data folder takes nothing in"
    return "the disk is full" if room < LEAST_ROOM else ""


@health_check(SPACE, severity=Severity.FAULT, asks_database=False)
def room() -> str:
    """Before it is too late; what is full already is told by ``disk``."""
    try:
        free = shutil.disk_usage(settings.DATA_DIR).free
    except OSError:
        return ""
    is_little = LEAST_ROOM <= free < LITTLE_ROOM
    return f"the disk has only {free // 1024**2} MB left" if is_little else ""


@health_check(STORAGE, severity=Severity.FAULT, asks_database=False)
def uploads() -> str:
    """Whether a picture could be taken in, for the site and as it was: one is, and goes again."""
    try:
        for alias in ["default", "masters"]:
            name = storages[alias].save("doctor.txt", ContentFile(b"may be deleted"))
            storages[alias].delete(name)
    except Exception:  # noqa: BLE001 - each kind of storage has its own, which name the bucket
        return "pictures cannot be taken in"
    return ""
