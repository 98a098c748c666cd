"""The queue as a file for a spreadsheet."""

from django.contrib.admin import site
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from bookings.models import Booking
from bookings.privacy.csv_export import lines
from kneecare.audit.models import AuditEvent
from kneecare.audit.record import record
from kneecare.core.admin.junk import listed


def may_export(user):
    return user.has_perm("bookings.export_booking")


@require_POST
def export(request, context):
    """The requests that the queue shows for the filters in the URL. The admin's log remembers who took them."""
    if not may_export(request.user):
        raise PermissionDenied
    bookings = _queue(request)
    count = bookings.count()
    note(request.user, f"Took a CSV file. Requests in it: {count}.")
    record(AuditEvent.Kind.EXPORTED, subject="Requests", details=f"CSV file, {count}")
    today = timezone.localdate()
    return StreamingHttpResponse(
        lines(bookings),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="requests-{today}.csv"',
            "Cache-Control": "no-store, private",
        },
    )


def _queue(request):
    return listed(site.get_model_admin(Booking), request)


def note(user, words):
    """Write into the admin's log what concerns no single request. Never an e-mail, a name or what was searched for."""
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(Booking),
        object_repr="Requests",
        action_flag=CHANGE,
        change_message=words,
    )
