from django.apps import AppConfig


class ClinicConfig(AppConfig):
    name = "kneecare.clinic"
    label = "clinic"
