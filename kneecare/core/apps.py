from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "kneecare.core"
    label = "core"
