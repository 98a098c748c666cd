from django.apps import AppConfig

from kneecare.core.database import checks

__all__ = ["CoreConfig", "checks"]  # importing the checks registers them


class CoreConfig(AppConfig):
    name = "kneecare.core"
    label = "core"
