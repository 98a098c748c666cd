from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who staff are: signing in, the second step, sessions, invitations."""

    name = "kneecare.accounts"
    label = "accounts"
    verbose_name = "Sign-in"

    def ready(self):
        for name in ["health", "receivers"]:  # which register themselves
            import_module(f"kneecare.accounts.{name}")
