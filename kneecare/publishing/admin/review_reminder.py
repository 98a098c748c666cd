from django.contrib import admin

from kneecare.core.admin.model_admin import ReadOnlyAdmin
from kneecare.publishing.models import ReviewReminder


@admin.register(ReviewReminder)
class ReviewReminderAdmin(ReadOnlyAdmin):
    """The mails that told clinicians of a due review."""

    list_display = ["page", "due_on", "clinician", "sent_at", "attempts", "last_error"]
    list_filter = ["sent_at"]
    list_select_related = ["clinician", "content_type"]
    search_fields = ["clinician__name"]
    date_hierarchy = "due_on"
