from django.utils import timezone

from kneecare.audit.models import AuditEvent
from kneecare.core.jobs.schedule import every


@every(needs_right_clock=True, days=1)
def delete_old_entries() -> None:
    AuditEvent.objects.filter(keep_until__lte=timezone.now()).delete()
