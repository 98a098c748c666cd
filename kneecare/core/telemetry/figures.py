"""Figures that are looked up when they are asked for, and not counted: ages of queues, slots left."""

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import DatabaseError, InterfaceError
from django.db.models import Count, Min
from django.utils import timezone
from prometheus_client.metrics_core import GaugeMetricFamily

from kneecare.core.health.checks import Severity, examine
from kneecare.core.jobs.mail_queue import MailState, QueuedMail
from kneecare.core.jobs.queue import QueuedWork
from kneecare.core.models import ClockCheck

Values = dict[str, float]
Figure = Callable[[], Values]
FIGURES: dict[tuple[str, str, str], Figure] = {}


def figure(name: str, help_text: str, label: str = "") -> Callable[[Figure], Figure]:
    """Have ``/metrics`` tell what a function finds: a number for each value of ``label``, or one for ""."""

    def register(find: Figure) -> Figure:
        FIGURES[name, help_text, label] = find
        return find

    return register


class Figures:
    """What prometheus_client asks for them."""

    def collect(self) -> Iterator[Any]:
        for (name, help_text, label), find in FIGURES.items():
            family = GaugeMetricFamily(name, help_text, labels=[label] if label else [])
            try:
                values = find()
            except (DatabaseError, InterfaceError):
                continue  # kneecare_healthy says why
            for value, number in values.items():
                family.add_metric([value] if label else [], number)
            yield family


@figure("kneecare_healthy", "1 while /readyz says that the site can do its work")
def healthy() -> Values:
    return {"": float(not any(examine(Severity.OUTAGE)))}


@figure("kneecare_queue_due", "Rows whose time has come", "queue")
def due() -> Values:
    return {name: row["number"] for name, row in _queues()}


@figure("kneecare_queue_age_seconds", "How long the first of them has waited", "queue")
def ages() -> Values:
    now = timezone.now()
    return {
        name: (now - row["first"]).total_seconds() if row["first"] else 0.0
        for name, row in _queues()
    }


@figure("kneecare_mail_failed", "Mails that were given up", "queue")
def failed_mail() -> Values:
    return {
        model._meta.label: model._default_manager.filter(state=MailState.FAILED).count()
        for model in apps.get_models()
        if issubclass(model, QueuedMail)
    }


@figure("kneecare_worker_age_seconds", "Since a worker last said that it is there")
def worker_age() -> Values:
    return _age("worker_alive_at")


@figure("kneecare_backup_age_seconds", "Since the last backup")
def backup_age() -> Values:
    return _age("backed_up_at")


def _age(field: str) -> Values:
    moment = ClockCheck.objects.values_list(field, flat=True).first()
    return {"": (timezone.now() - moment).total_seconds()} if moment else {}


def _queues() -> Iterator[tuple[str, dict[str, Any]]]:
    for model in apps.get_models():
        if issubclass(model, QueuedWork):
            rows: Any = model._default_manager
            waiting = rows.pending().filter(next_attempt_at__lte=timezone.now())
            yield model._meta.label, waiting.aggregate(number=Count("pk"), first=Min("next_attempt_at"))  # fmt: skip
