from typing import Any

from django.contrib import admin

from kneecare.core.admin.model_admin import ReadOnlyAdmin
from kneecare.publishing.models import ReviewReminder


@admin.register(ReviewReminder)
class ReviewReminderAdmin(ReadOnlyAdmin):
    """The mails that told clinicians of a due review."""

    list_display = ["about", "due_on", "clinician", "sent_at", "attempts", "last_error"]
    list_filter = ["sent_at"]
    list_select_related = ["clinician"]
    search_fields = ["clinician__name"]
    date_hierarchy = "due_on"

    def get_queryset(self, request: Any) -> Any:
        return super().get_queryset(request).prefetch_related("page")

    @admin.display(description="page")
    def about(self, reminder: ReviewReminder) -> str:
        """As words: no list can be put in the order of rows of many kinds."""
        return str(reminder.page)
