"""When a page changes without anybody changing it: the day turns, or a page comes or goes at a time that was set."""

from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Any

from django.apps import apps
from django.db.models import Min
from django.utils import timezone

from kneecare.core.clock import clinic_zone
from kneecare.core.models import Publishable

# Whatever we did not think of is mended by then, and what is older can be deleted.
LONGEST = timedelta(hours=1)


def next_change(now: datetime) -> datetime:
    """Until when a page that is made ``now`` stays as it is, as far as the clock decides."""
    moments = [now + LONGEST, next_midnight(now, UTC), next_midnight(now, clinic_zone())]  # fmt: skip
    for model in apps.get_models():
        if issubclass(model, Publishable):
            moments += _planned(model, now)
    return min(moments)


def next_midnight(now: datetime, zone: tzinfo) -> datetime:
    day = timezone.localdate(now, zone) + timedelta(days=1)
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _planned(model: Any, now: datetime) -> list[datetime]:
    """The next moments at which ``published()`` finds another row, or one fewer."""
    names = {field.name for field in model._meta.fields}
    rows = model._default_manager.order_by()
    return [
        moment
        for name in names & {"published_at", "comes_down_at"}
        if (moment := rows.filter(**{f"{name}__gt": now}).aggregate(at=Min(name))["at"])
    ]
