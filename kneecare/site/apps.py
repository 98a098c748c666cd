from django.apps import AppConfig


class KneecareConfig(AppConfig):
    """The roof as an app, for the commands that need every other app."""

    name = "kneecare"
