"""How long a statement may take on PostgreSQL."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.dispatch import receiver

LONGEST = 20_000  # milliseconds


@receiver(connection_created)
def limit_statements(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Said after connecting: a pooler such as PgBouncer refuses a connection that begins with ``options``."""
    if connection.vendor != "postgresql":
        return
    asked = connection.settings_dict["OPTIONS"].get("options", "")
    if "statement_timeout" not in asked:
        with connection.cursor() as cursor:
            cursor.execute(f"SET statement_timeout = {LONGEST}")
