from importlib import import_module

from django.apps import AppConfig


class BookingsConfig(AppConfig):
    name = "bookings"

    def ready(self):
        import_module("bookings.health")  # which registers itself
