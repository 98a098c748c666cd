from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MediaConfig(AppConfig):
    name = "kneecare.media"
    label = "media"
    verbose_name = "Pictures"

    def ready(self):
        # Each app's own account of the pictures that it shows.
        autodiscover_modules("pictures")
