"""What stands beside a request, for staff to read: wishes, notes, and who did what when."""

from django.contrib import admin
from django.db.models import Q

from bookings import clock
from bookings.models import (
    BookingEvent,
    BookingNote,
    CallWish,
    OutboxMail,
    WaitingOffer,
)


class ReadOnlyInline(admin.TabularInline):
    """Rows that are written by what happens, and by nobody's hand."""

    template = "bookings/admin/_readonly_rows.html"

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("bookings.view_booking")


class WishInline(ReadOnlyInline):
    model = CallWish
    fields = ["day", "part"]
    verbose_name_plural = "when to call back"


class DatedInline(ReadOnlyInline):
    """What a member of staff did or wrote, and when."""

    def get_queryset(self, request):
        return self.model.objects.with_zone()

    @admin.display
    def when(self, row):
        return clock.moment_words(row.at, row.zone)


class NoteInline(DatedInline):
    model = BookingNote
    fields = ["when", "text", "by_name"]
    readonly_fields = ["when", "by_name"]
    verbose_name_plural = "notes of staff"


class OfferInline(DatedInline):
    model = WaitingOffer
    fields = ["time", "when", "until", "state"]
    readonly_fields = ["time", "when", "until"]
    verbose_name_plural = "earlier times offered"

    @admin.display(description="time offered")
    def time(self, offer):
        return clock.moment_words(offer.starts_at, offer.zone)

    @admin.display(description="offered")
    def when(self, offer):
        return clock.moment_words(offer.created_at, offer.zone)

    @admin.display(description="held until")
    def until(self, offer):
        return clock.moment_words(offer.expires_at, offer.zone)


class EventInline(DatedInline):
    model = BookingEvent
    fields = ["when", "what", "from_state", "to_state", "moved", "by_whom"]
    readonly_fields = ["when", "what", "moved", "by_whom"]
    verbose_name_plural = "what happened"

    @admin.display
    def what(self, event):
        return str(event)

    @admin.display(description="from one time to another")
    def moved(self, event):
        if not event.is_move:
            return "-"
        after = clock.moment_words(event.time_after, event.zone)
        if event.time_before is None:
            return f"to {after}"
        return f"{clock.moment_words(event.time_before, event.zone)}, to {after}"

    @admin.display(description="by")
    def by_whom(self, event):
        return event.by_name or "the visitor, or the clock"


class ReturnedMailInline(DatedInline):
    """Mail that did not arrive or was complained of, also at an address that the request no longer has."""

    model = OutboxMail
    fields = ["when", "kind", "what"]
    readonly_fields = ["when", "what"]
    verbose_name_plural = "mail that came back"

    def get_queryset(self, request):
        said = Q(bounced_at__isnull=False) | Q(complained_at__isnull=False)
        return super().get_queryset(request).filter(said)

    @admin.display
    def when(self, mail):
        at = mail.bounced_at or mail.complained_at
        return clock.moment_words(at, mail.zone)

    @admin.display(description="what became of it")
    def what(self, mail):
        return mail.returned
