from functools import partial

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from bookings import clock
from bookings.availability.slots import make_slots
from bookings.models import CallSettings, Slot
from bookings.states import ACTIVE_STATES
from kneecare.core.admin.model_admin import ReadOnlyAdmin
from kneecare.core.database.retry import attempt


@admin.register(Slot)
class SlotAdmin(ReadOnlyAdmin):
    """Call times come from the weekly hours; staff only take single ones out, and put them back."""

    list_display = ["call_time", "clinician", "state", "is_free"]
    list_filter = ["state", "clinician"]
    list_select_related = ["clinician"]
    search_fields = ["clinician__name"]
    date_hierarchy = "starts_at"
    actions = ["block", "open"]
    fields = ["call_time", "clinician", "state"]
    further_rights = {"block and open": "bookings.change_slot"}

    def get_queryset(self, request):
        holders = Count("bookings", filter=Q(bookings__state__in=ACTIVE_STATES))
        slots = Slot.objects.upcoming().with_zone()
        return slots.annotate(holders=holders)

    def has_block_permission(self, request):
        return request.user.has_perm("bookings.change_slot")

    @admin.display(description="time", ordering="starts_at")
    def call_time(self, slot):
        return clock.moment_words(slot.starts_at, slot.zone)

    @admin.display(boolean=True, description="free")
    def is_free(self, slot):
        return slot.holders == 0 and slot.state != Slot.State.HELD

    @admin.action(description="Block: do not offer these times", permissions=["block"])
    def block(self, request, queryset):
        self._move(request, queryset, Slot.State.OPEN, Slot.State.BLOCKED)

    @admin.action(description="Open: offer these times again", permissions=["block"])
    def open(self, request, queryset):
        self._move(request, queryset, Slot.State.BLOCKED, Slot.State.OPEN)
        make_slots()  # takes back what the hours no longer give

    def _move(self, request, queryset, before, after):
        chosen = Slot.objects.filter(pk__in=[slot.pk for slot in queryset])
        count = attempt(partial(_change, chosen, before, after))
        self.message_user(
            request,
            f"{count} changed. A call that was already asked for stays as it is.",
            messages.SUCCESS,
        )


@transaction.atomic
def _change(chosen, before, after):
    """Bring ``chosen`` from one state to another, locked in the order that all lock them in; returns how many."""
    list(chosen.select_for_update().order_by("pk").values_list("pk"))
    moved = chosen.filter(state=before)
    free_since = timezone.now() + CallSettings.objects.current().undo
    return moved.update(state=after, free_since=free_since)
