"""A worker says from time to time that it is there: without one no mail goes out, and nobody would notice."""

from datetime import timedelta

from django.utils import timezone

from kneecare.core.health.checks import health_check
from kneecare.core.jobs.schedule import every
from kneecare.core.models import ClockCheck

SILENT = timedelta(minutes=2)


@every(lane="heartbeat", seconds=20)
def say_alive() -> None:
    """In a lane of its own, so that no long work makes the worker look dead."""
    now = timezone.now()
    ClockCheck.objects.get_or_create(pk=1, defaults={"seen_at": now})
    ClockCheck.objects.update(worker_alive_at=now)


@health_check(
    "Start it: systemctl start kneecare-worker, or python manage.py worker. Until then no mail goes out."
)
def worker() -> str:
    heard = ClockCheck.objects.filter(worker_alive_at__gt=timezone.now() - SILENT)
    return "" if heard.exists() else "no worker is at work"
