"""How the site was set up: what does not keep it from its work today, and would be missed one day."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.checks import WARNING, run_checks
from django.db import connection
from django.utils import timezone

from kneecare.core.health.backups import last_backup
from kneecare.core.health.checks import Severity, health_check
from kneecare.core.jobs.clock_check import jumped

SAME_TIME = timedelta(seconds=30)


@health_check(
    "docs/deploy.md says what each setting means.",
    severity=Severity.FAULT,
    asks_database=False,
)
def warnings() -> str:
    """What Django and the site itself say of the settings."""
    found = run_checks(include_deployment_checks=True)
    loud = [check for check in found if check.level >= WARNING and not check.is_silenced()]  # fmt: skip
    return "; ".join(check.msg.rstrip(".") for check in loud)


@health_check(
    "Set EMAIL_URL, or nobody is told of anything.",
    severity=Severity.NOTE,
    asks_database=False,
)
def mail_leaves() -> str:
    kind = settings.EMAIL_BACKEND.split(".")[-2]
    is_kept = kind in ("filebased", "console", "locmem", "dummy")
    return "mail goes into files and leaves the machine nowhere" if is_kept else ""


@health_check(
    "Set SITE_URL to the address that visitors use: it stands in mails and is what search engines are told.",
    severity=Severity.NOTE,
    asks_database=False,
)
def site_has_a_name() -> str:
    is_loopback = settings.SITE.hostname in ("localhost", "127.0.0.1", "::1")
    return f"the site believes that it is {settings.SITE_URL}" if is_loopback else ""


@health_check(
    "Look at the machine's clock; if it is right, say so on the front page of the admin.",
    severity=Severity.FAULT,
)
def clock_goes_on() -> str:
    jump = jumped()
    if jump is None:
        return ""
    return f"the clock jumped from {jump.jumped_from:%Y-%m-%d %H:%M} to {jump.jumped_to:%Y-%m-%d %H:%M} UTC, and nothing is deleted until a person says that it is right"


@health_check(
    "Have both machines take their time from the network (NTP).",
    severity=Severity.FAULT,
)
def clocks_agree() -> str:
    """Of this machine and the database's, which may be another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT CURRENT_TIMESTAMP")
        [theirs] = cursor.fetchone()
    if isinstance(theirs, str):  # SQLite's, in UTC
        theirs = timezone.make_aware(datetime.fromisoformat(theirs))
    apart = abs(timezone.now() - theirs)
    seconds = round(apart.total_seconds())
    return f"the clock of the database is {seconds} seconds apart from this machine's" if apart > SAME_TIME else ""  # fmt: skip


@health_check(
    "Enable kneecare-backup.timer, or have python manage.py backup run each night.",
    severity=Severity.FAULT,
)
def backup() -> str:
    last = last_backup()
    return str(last) if last.is_overdue else ""
