from django.core.management.base import BaseCommand
from django.db import transaction

import articles.first_content
import bookings.first_content
import exercises.first_content
import kneecare.clinic.first_content
from kneecare.clinic.models import Clinic
from kneecare.search import index


class Command(BaseCommand):
    help = "Fill an empty site with its first content; does nothing once there is a clinic."

    def handle(self, **options):
        with transaction.atomic():
            if Clinic.objects.exists():
                return
            for app in [kneecare.clinic, exercises, articles, bookings]:
                app.first_content.load()
            index.rebuild()
        self.stdout.write(
            "First content: articles, exercises, a routine, programs and call times."
        )
