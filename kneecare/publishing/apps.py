from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "kneecare.publishing"
    label = "publishing"
