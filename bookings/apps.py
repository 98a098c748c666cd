from importlib import import_module

from django.apps import AppConfig


class BookingsConfig(AppConfig):
    name = "bookings"

    def ready(self):
        for registers_itself in [
            "health",
            "availability.leaving",
            "availability.zone_change",
        ]:
            import_module(f"bookings.{registers_itself}")
