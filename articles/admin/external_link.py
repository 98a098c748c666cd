from django.contrib import admin
from django.utils import timezone

from articles.models import ExternalLink
from kneecare.core.admin.model_admin import ReadOnlyAdmin


@admin.register(ExternalLink)
class ExternalLinkAdmin(ReadOnlyAdmin):
    """How the links to other sites answered, and a way to have them asked again."""

    list_display = ["url", "status", "last_error", "times_gone", "checked_at"]
    list_filter = ["status"]
    search_fields = ["url"]
    fields = [
        "url",
        "status",
        "last_error",
        "times_gone",
        "checked_at",
        "next_attempt_at",
    ]
    actions = ["ask_again"]

    @admin.action(
        description="Check the selected links again soon", permissions=["view"]
    )
    def ask_again(self, request, queryset):
        count = queryset.update(next_attempt_at=timezone.now())
        self.message_user(request, f"{count} will be checked within a minute.")
