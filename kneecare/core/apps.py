from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from kneecare.core import checks

__all__ = ["CoreConfig", "checks"]  # importing the checks registers them


class CoreConfig(AppConfig):
    name = "kneecare.core"
    label = "core"
    verbose_name = "Pictures"

    def ready(self):
        # Each app's own account of the pictures that it shows.
        autodiscover_modules("pictures")
