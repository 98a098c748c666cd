"""How old the last backup is, for the doctor, ``/readyz`` and the owner's front page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from kneecare.core.models import ClockCheck


@dataclass(frozen=True)
class LastBackup:
    at: datetime | None  # None: there was never one

    @property
    def is_overdue(self) -> bool:
        oldest = timezone.now() - timedelta(days=settings.BACKUP_DAYS)
        return self.at is None or self.at < oldest

    def __str__(self) -> str:
        if self.at is None:
            return "there was never a backup"
        age = max(timezone.now() - self.at, timedelta(0))
        number, unit = (age.days, "day") if age.days else (age.seconds // 3600, "hour")
        return f"the last backup is {number} {unit}{'' if number == 1 else 's'} old"


def last_backup() -> LastBackup:
    return LastBackup(ClockCheck.objects.values_list("backed_up_at", flat=True).first())
