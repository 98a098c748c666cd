from django.contrib import admin, messages
from django.utils.timesince import timesince

from bookings import outbox
from bookings.models import OutboxMail


@admin.register(OutboxMail)
class OutboxMailAdmin(admin.ModelAdmin):
    """What was sent, what waits, and what could not be sent and why."""

    list_display = ["kind", "booking", "state", "attempts", "last_error", "age"]
    list_filter = ["state", "kind"]
    list_select_related = ["booking"]
    search_fields = ["booking__reference"]
    show_full_result_count = False
    actions = ["send_again"]
    fields = [
        "kind",
        "booking",
        "state",
        "attempts",
        "last_error",
        "created_at",
        "next_attempt_at",
        "give_up_at",
    ]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_send_permission(self, request):
        return request.user.has_perm("bookings.change_outboxmail")

    @admin.display(ordering="created_at")
    def age(self, mail):
        return timesince(mail.created_at)

    @admin.action(description="Send parked mail again", permissions=["send"])
    def send_again(self, request, queryset):
        count = outbox.send_again(queryset)
        self.message_user(
            request, f"{count} will be sent within a minute.", messages.SUCCESS
        )
