from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The roof: what needs every other app."""

    name = "kneecare.site"
    label = "site"
