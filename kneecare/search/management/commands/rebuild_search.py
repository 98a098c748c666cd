from django.core.management.base import BaseCommand

from kneecare.search import index


class Command(BaseCommand):
    help = "Make the search index anew from what is published."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="Only when there is none, or an older version of the site made it.",
        )

    def handle(self, *, if_needed, **options):
        if if_needed and index.is_current():
            index.catch_up()
            return
        self.stdout.write(f"The search index holds {index.rebuild()} pages.")
