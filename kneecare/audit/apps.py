from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "kneecare.audit"
    label = "audit"
    verbose_name = "Record"

    def ready(self) -> None:
        from kneecare.audit import receivers  # noqa: F401, PLC0415 - needs the models
