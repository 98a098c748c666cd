from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PublishingConfig(AppConfig):
    name = "kneecare.publishing"
    label = "publishing"

    def ready(self) -> None:
        # What apps look at before a page of theirs is published, and what they do when that changes.
        autodiscover_modules("publish_checks", "receivers")
        import_module("kneecare.publishing.health")  # which registers itself
