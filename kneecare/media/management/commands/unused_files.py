from django.core.management.base import BaseCommand

from kneecare.media.unused import remove, stray_files, unused_pictures


class Command(BaseCommand):
    help = (
        "List the pictures, videos and captions that nothing uses and that are older than a day, as the worker "
        "removes them once a day; with --delete, remove them now."
    )

    def add_arguments(self, parser):
        parser.add_argument("--delete", action="store_true", help="Remove them.")

    def handle(self, *, delete, **options):
        pictures, strays = unused_pictures(), list(stray_files())
        for name in [*map(str, pictures), *(path for _, path in strays)]:
            self.stdout.write(name)
        if delete:
            for picture in pictures:
                remove(picture)
            for storage, path in strays:
                storage.delete(path)
        done = "removed" if delete else "found; --delete removes them"
        self.stdout.write(f"{len(pictures)} pictures, {len(strays)} stray files {done}")
