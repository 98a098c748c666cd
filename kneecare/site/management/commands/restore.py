from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kneecare.site.backup import archive, database


class Command(BaseCommand):
    help = "Bring an archive of `backup` into an empty site: one without a database and without pictures. Then run `prepare`."
    requires_system_checks = []  # a site that is ill is to be saved too

    def add_arguments(self, parser):
        parser.add_argument("archive", type=Path)

    def handle(self, **options):
        Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
        if not database.is_empty():
            raise CommandError("The database is not empty. Name an empty one in DATABASE_URL, or an empty folder in KNEECARE_DATA.")  # fmt: skip
        if archive.holds_files():
            raise CommandError("There are pictures already. Name an empty folder in KNEECARE_DATA, or an empty bucket.")  # fmt: skip
        try:
            manifest = archive.restore(options["archive"])
        except archive.Damaged as error:
            raise CommandError(f"{options['archive']} was not restored: {error}.") from error  # fmt: skip
        self.stdout.write(f"The site of {manifest['made_at']} is back. Set the SECRET_KEY that it had, and run: python manage.py prepare")  # fmt: skip
