import fcntl
import os
import secrets
import stat
from contextlib import contextmanager, suppress
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from kneecare.accounts.models import Account
from kneecare.core.telemetry.folder import forget_the_dead
from kneecare.site import static_releases

FIRST_STAFF = "admin"
OURS = [
    "articles",
    "bookings",
    "exercises",
    "kneecare",
]  # also the label of an app of before
OF_BEFORE = (
    "This database was made by a version of KneeCare from before its first release, and this one cannot read it. "
    "Name an empty data folder in KNEECARE_DATA, or an empty database in DATABASE_URL."
)
NOBODY_MANAGES = (
    f"No account may manage the others: {FIRST_STAFF} is there, and is no superuser any more. The site starts all the same. "
    "To make an account that may do everything, run: python manage.py createsuperuser"
)
LOCK = 761_932_001  # any number that is ours


class Command(BaseCommand):
    help = "Bring the database, the first content, the first staff account and the static files up to date."

    def handle(self, **options):
        for folder in [settings.DATA_DIR, settings.MEDIA_ROOT]:
            Path(folder).mkdir(parents=True, exist_ok=True)
        make_private(Path(settings.DATA_DIR))
        with one_at_a_time():
            self.prepare()

    def prepare(self):
        refuse_database_of_before()
        if settings.METRICS_FOLDER:
            forget_the_dead(settings.METRICS_FOLDER)
        # First: what is served meanwhile must not wait for its files until the database is done.
        static_releases.collect()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("first_content", stdout=self.stdout)
        call_command("rebuild_search", if_needed=True, stdout=self.stdout)
        self.create_first_staff()

    def create_first_staff(self):
        users = get_user_model().objects
        if users.filter(is_superuser=True).exists():
            return
        if users.filter(username=FIRST_STAFF).exists():
            self.stdout.write(NOBODY_MANAGES)
            return
        given = os.environ.get("KNEECARE_ADMIN_PASSWORD")
        password = given or secrets.token_urlsafe(12)
        shown = (
            "the password in KNEECARE_ADMIN_PASSWORD"
            if given
            else f"the password {password}"
        )
        # Shown before it counts: cut short in between, the next start makes and shows another.
        with transaction.atomic():
            first = users.create_superuser(FIRST_STAFF, password=password)
            if not given:
                # It stands on a screen, and perhaps in a log.
                Account.objects.create(user=first, password_given_at=timezone.now())
            self.stdout.write(
                f"The first staff account is {FIRST_STAFF}, with {shown}. It is not shown again."
                + ("" if given else " You choose your own when you sign in.")
            )
            self.stdout.flush()


@contextmanager
def one_at_a_time():
    """Of several starts at once, on one data folder or one database, one prepares and the others wait for it."""
    with open(Path(settings.DATA_DIR) / "prepare.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")  # the other may be long
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def make_private(folder):
    """Let nobody but the owner read what an older version, or another hand, has left readable."""
    mode = folder.stat().st_mode
    is_shared = mode & stat.S_ISVTX or folder.stat().st_uid != os.getuid()  # /tmp
    if is_shared or stat.S_IMODE(mode) == 0o700:
        return
    folder.chmod(0o700)  # shuts all others out by itself
    for path in folder.rglob("*"):
        # Another user's, or gone meanwhile: no reason not to start.
        with suppress(PermissionError, FileNotFoundError):
            if not path.is_symlink():
                path.chmod(0o700 if path.is_dir() else 0o600)


def refuse_database_of_before():
    """End with one line where the database went another way: it knows migrations that we do not and lacks ours, or has
    all of ours as they were before.

    A database that is merely newer, as after a step back to an older version, has all of ours.
    """
    found = MigrationLoader(connection)
    ours = [each for each in apps.get_app_configs() if each.name.split(".")[0] in OURS]
    labels = {*OURS, *(each.label for each in ours)}
    applied, known = (
        {(app, name) for app, name in migrations if app in labels}
        for migrations in [found.applied_migrations, found.disk_migrations]
    )
    if (applied - known and known - applied) or (
        known <= applied and _lacks_a_column()
    ):
        raise CommandError(OF_BEFORE)


def _lacks_a_column():
    """Whether a table was made before its model's migration got all of today's columns: then no row of it can be read."""
    ours = (each for each in apps.get_models() if each.__module__.split(".")[0] in OURS)
    try:
        with transaction.atomic():
            for model in ours:
                model._base_manager.order_by().first()
    except (OperationalError, ProgrammingError):
        return True
    return False
