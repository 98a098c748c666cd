"""What staff delete leaves a line in the record: the row and its own history are gone."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from kneecare.audit.models import AuditEvent
from kneecare.audit.record import record_each

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:  # takes no argument while it runs
    ModelAdmin = admin.ModelAdmin


class RecordsDeletions(ModelAdmin):
    """Each admin class of the site becomes one of these as it is registered: see ``ClinicAdminSite``."""

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        """Where Django writes its own line, before the rows go: one at a time and many at once."""
        kind = self.opts.verbose_name
        record_each(AuditEvent.Kind.DELETED, (f"{kind}: {row}" for row in queryset))
        return super().log_deletions(request, queryset)
