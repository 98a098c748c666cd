from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kneecare.site.backup import archive


class Command(BaseCommand):
    help = "Read an archive of `backup` to its end, and compare each file with its checksum."
    requires_system_checks = []  # a site that is ill is to be saved too

    def add_arguments(self, parser):
        parser.add_argument("archive", type=Path)

    def handle(self, **options):
        try:
            manifest = archive.verify(options["archive"])
        except archive.Damaged as error:
            raise CommandError(f"{options['archive']} is damaged: {error}.") from error
        self.stdout.write(f"{len(manifest['files'])} files of {manifest['made_at']}, all as they were.")  # fmt: skip
