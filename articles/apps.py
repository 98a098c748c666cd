from django.apps import AppConfig

from kneecare.publishing.retention.named_rows import keep_while_named


class ArticlesConfig(AppConfig):
    name = "articles"

    def ready(self):
        keep_while_named(self.get_model("Topic"))
