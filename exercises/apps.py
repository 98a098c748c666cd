from django.apps import AppConfig

from kneecare.publishing.named_by_versions import keep_while_named


class ExercisesConfig(AppConfig):
    name = "exercises"

    def ready(self):
        keep_while_named(self.get_model("Tag"))
