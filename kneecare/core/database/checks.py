"""What `manage.py check` says beside Django's own checks."""

import sqlite3
from typing import Any

from django.core.checks import Info, register
from django.db import connection

from kneecare.core.database.sqlite import journal_mode


@register
def sqlite_journal(app_configs: Any, **kwargs: Any) -> list[Info]:
    """Say which journal was chosen: nobody would look for it."""
    if connection.vendor != "sqlite":
        return []
    mode = journal_mode()
    why = (
        "in which the fault of WAL mode is fixed, so that it is used"
        if mode == "WAL"
        else "which can corrupt a database in WAL mode, so that the rollback journal is used. "
        "It is safe, and slower with many writers"
    )
    return [
        Info(f"This is SQLite {sqlite3.sqlite_version}, {why}.", id="kneecare.I001")
    ]
