from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class StoredConfig(AppConfig):
    name = "kneecare.stored"
    label = "stored"

    def ready(self) -> None:
        triggers = import_module("kneecare.stored.triggers")
        # Not a migration: one that alters a table later would lose its triggers, or stumble over them.
        pre_migrate.connect(triggers.take_away, sender=self)
        post_migrate.connect(triggers.put_in_place, sender=self)
