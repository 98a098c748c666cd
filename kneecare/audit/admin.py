"""The record for the owner: to filter, to look at and to take along; for nobody to change."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from kneecare.audit.models import AuditEvent
from kneecare.audit.record import record
from kneecare.core.admin.junk import listed
from kneecare.core.admin.model_admin import ReadOnlyAdmin
from kneecare.core.clock import clinic_zone
from kneecare.core.text.csv_rows import csv_lines

COLUMNS: list[Any] = ["at", "kind", "account_name", "subject", "details", "client_ip"]


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    list_display = COLUMNS
    list_filter = ["kind", "at"]
    search_fields = ["account_name", "subject"]
    search_help_text = "By who did it, or by the reference of a request."
    readonly_fields = COLUMNS
    exclude = ["account_id", "keep_until"]
    show_full_result_count = False
    further_rights = {"export": "audit.export_auditevent"}
    list_per_page = 100
    change_list_template = "admin/audit/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.export)
        return [path("export/", view, name="audit_auditevent_export"), *super().get_urls()]  # fmt: skip

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        may_export = request.user.has_perm("audit.export_auditevent")
        context = {"may_export": may_export, **(extra_context or {})}
        return super().changelist_view(request, context)

    @method_decorator(require_POST)
    def export(self, request: HttpRequest) -> HttpResponseBase:
        """What the list shows for the filters in the URL, as a file for a spreadsheet; that it was taken is written first."""
        if not request.user.has_perm("audit.export_auditevent"):
            raise PermissionDenied
        events = listed(self, request)
        record(AuditEvent.Kind.EXPORTED, subject=str(self.opts.verbose_name_plural))
        fields: list[Any] = [AuditEvent._meta.get_field(name) for name in COLUMNS]
        heads = [str(field.verbose_name) for field in fields]
        name = f"record-{timezone.localdate()}.csv"
        return StreamingHttpResponse(
            csv_lines(heads, events, _cells),
            content_type="text/csv; charset=utf-8",
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
                "Cache-Control": "no-store, private",
            },
        )


def _cells(event: AuditEvent) -> list[object]:
    kind = event.get_kind_display()
    return [
        timezone.localtime(event.at, clinic_zone()).isoformat(),
        kind,
        *(getattr(event, name) for name in COLUMNS[2:]),
    ]
