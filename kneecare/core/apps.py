from importlib import import_module

from django.apps import AppConfig

from kneecare.core.database import checks, timeouts

__all__ = ["CoreConfig", "checks", "timeouts"]  # importing these registers them


class CoreConfig(AppConfig):
    name = "kneecare.core"
    label = "core"

    def ready(self) -> None:
        # Which register themselves; what the database owes comes first.
        for name in ["health.machine", "jobs.heartbeat", "health.installation"]:
            import_module(f"kneecare.core.{name}")
