from contextlib import suppress
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from kneecare.core.models import ClockCheck
from kneecare.site.backup import archive

NAME = "kneecare-{at:%Y%m%dT%H%M%SZ}.tar.gz"


class Command(BaseCommand):
    help = "Write one archive of the database and the pictures into a folder, while the site runs. The secret key is not in it."
    requires_system_checks = []  # a site that is ill is to be saved too

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument("--keep", type=int, default=14, help="How many archives stay; the oldest go. 14 by default.")  # fmt: skip

    def handle(self, *, folder, keep, **options):
        if keep < 1:
            raise CommandError("--keep has to be at least 1.")
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / NAME.format(at=timezone.now())
        archive.write(path)
        try:
            archive.verify(path)
        except archive.Damaged as error:
            raise CommandError(f"{path} is damaged: {error}.") from error
        # Only now: a backup that failed takes none away.
        for old in sorted(folder.glob("kneecare-*Z.tar.gz"))[:-keep]:
            old.unlink()
        self.note()
        self.stdout.write(str(path))

    def note(self):
        """For the doctor and the figures; a database that takes nothing in can be backed up all the same."""
        now = timezone.now()
        with suppress(DatabaseError):
            ClockCheck.objects.get_or_create(pk=1, defaults={"seen_at": now})
            ClockCheck.objects.update(backed_up_at=now)
