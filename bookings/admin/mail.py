from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.timesince import timesince
from django.views.decorators.http import require_POST

from bookings import clock
from bookings.meeting import phone_words
from bookings.models import CallSettings, OutboxMail
from bookings.services.mail_limits import recipient_key
from kneecare.clinic.models import Clinic
from kneecare.core.admin.model_admin import ReadOnlyAdmin

# What the kinds of error that we know mean to somebody who is not a mail server.
REASONS = {
    "SMTPRecipientsRefused": "The mail server does not know this address.",
    "SMTPDataError": "The mail server refused this mail.",
    "SMTPNotSupportedError": "The mail server cannot send to this address.",
    "SMTPSenderRefused": "The mail server refused our own address. Check the mail settings.",
    "SMTPAuthenticationError": "The mail server refused our password. Check the mail settings.",
    "ConnectionRefusedError": "The mail server does not answer.",
    "TimeoutError": "The mail server does not answer.",
    "SMTPServerDisconnected": "The mail server broke off.",
    "SMTPConnectError": "The mail server does not answer.",
    "NoAddress": "There is nobody to send it to.",
    "TextRefused": "The provider does not send texts to this number.",
    "TextNotTaken": "The provider did not take the text. Check the settings of text messages.",
    "gaierror": "The mail server is not found. Check the mail settings.",
}
NOBODY = "nobody: no address is known"
EARLIER = "an earlier address or number, before it was corrected"


@admin.register(OutboxMail)
class OutboxMailAdmin(ReadOnlyAdmin):
    """What was sent, what waits, and what could not be sent and why."""

    further_rights = {"send again": "bookings.change_outboxmail"}
    list_display = ["kind", "booking", "to", "state", "reason", "attempts", "age"]
    list_filter = ["state", "kind"]
    list_select_related = ["booking"]
    search_fields = ["booking__reference"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = ["send_again"]
    change_list_template = "bookings/admin/outbox_mail_list.html"
    change_form_template = "bookings/admin/outbox_mail.html"
    fields = [
        "kind",
        "booking",
        "to",
        "text",
        "state",
        "reason",
        "attempts",
        "written",
        "next_attempt",
        "tried_until",
    ]

    def get_urls(self):
        again = path(
            "<int:pk>/again/",
            self.admin_site.admin_view(self.send_one_again),
            name="bookings_outboxmail_again",
        )
        return [again, *super().get_urls()]

    def get_list_display(self, request):
        again = [self.again] if self.has_send_permission(request) else []
        return [*self.list_display, *again]

    def has_send_permission(self, request):
        return request.user.has_perm("bookings.change_outboxmail")

    def get_queryset(self, request):
        notify = CallSettings.objects.order_by("pk").values("notify_email")[:1]
        clinic = Clinic.objects.order_by("pk").values("email")[:1]
        desk = Coalesce(NullIf(Subquery(notify), Value("")), Subquery(clinic))
        return OutboxMail.objects.with_zone().annotate(desk_email=desk)

    @admin.display
    def to(self, mail):
        if mail.is_to_staff:
            return mail.desk_email or NOBODY
        if mail.recipient_key not in ("", recipient_key(mail.booking, mail.kind)):
            return EARLIER
        if mail.is_text:
            return phone_words(mail.booking.phone) or NOBODY
        return mail.booking.email or NOBODY

    @admin.display
    def written(self, mail):
        return clock.moment_words(mail.created_at, mail.zone)

    @admin.display
    def next_attempt(self, mail):
        if mail.state != OutboxMail.State.WAITING:
            return "-"
        return clock.moment_words(mail.next_attempt_at, mail.zone)

    @admin.display
    def tried_until(self, mail):
        return clock.moment_words(mail.give_up_at, mail.zone)

    @admin.display(ordering="created_at")
    def age(self, mail):
        return timesince(mail.created_at)

    @admin.display(description="what went wrong")
    def reason(self, mail):
        if not mail.last_error:
            return mail.returned or "-"
        words = REASONS.get(mail.last_error.split()[0], "It could not be sent.")
        return f"{words} ({mail.last_error})"

    @admin.display(description="again")
    def again(self, mail):
        return render_to_string("bookings/admin/_retry_button.html", {"mail": mail})

    @method_decorator(require_POST)
    def send_one_again(self, request, pk):
        if not self.has_send_permission(request):
            raise PermissionDenied
        self.send_again(request, OutboxMail.objects.filter(pk=pk))
        return HttpResponseRedirect(reverse("admin:bookings_outboxmail_changelist"))

    @admin.action(description="Send failed mail again", permissions=["send"])
    def send_again(self, request, queryset):
        count = queryset.send_again()
        if count:
            self.message_user(
                request, f"{count} will be sent within a minute.", messages.SUCCESS
            )
        else:
            self.message_user(
                request, "Nothing to send: only failed mail is.", messages.WARNING
            )
