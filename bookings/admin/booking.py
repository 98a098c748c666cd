from datetime import timedelta
from functools import partial

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.timesince import timesince

from bookings import clock
from bookings.admin.booking_actions import NoteForm, may_decide, possible_decisions
from bookings.admin.calendar import calendar
from bookings.admin.day_sheet import day_sheet
from bookings.admin.export import export
from bookings.admin.filters import (
    FIRST,
    KeyPaginator,
    ReferrerFilter,
    WhenFilter,
    tab_of,
    tabs,
)
from bookings.admin.front_desk.bulk import bulk_actions
from bookings.admin.front_desk.contact import contact
from bookings.admin.front_desk.marks import mail_came_back, marks_of
from bookings.admin.front_desk.new_request import new_request
from bookings.admin.front_desk.reply import reply
from bookings.admin.front_desk.search import found_by
from bookings.admin.front_desk.undo import (
    fresh_presses,
    may_be_taken_back,
    shown,
    undo,
    undo_all,
)
from bookings.admin.front_desk.waiting import waiting, waiting_presses
from bookings.admin.front_desk.week_view import week_view
from bookings.admin.history import (
    EventInline,
    NoteInline,
    OfferInline,
    ReturnedMailInline,
    WishInline,
)
from bookings.admin.personal_data import person
from bookings.admin.reschedule import RescheduleAdmin
from bookings.meeting import mailto, phone_words
from bookings.models import Booking
from bookings.states import State
from kneecare.audit.record import record_opened
from kneecare.clinic.models import Clinic
from kneecare.core.admin.urls import admin_url

LONG_WAIT = timedelta(days=1)


@admin.register(Booking)
class BookingAdmin(RescheduleAdmin):
    """The queue. A request comes from a visitor and changes by decisions only, so that nothing is edited here."""

    further_rights = {
        "enter and answer": "bookings.change_booking",
        "export": "bookings.export_booking",
        "erase": "bookings.delete_booking",
    }
    list_display = ["reference", "waits", "kind", "name", "call", "stands"]
    list_filter = [WhenFilter, "state", "kind", ReferrerFilter]
    search_fields = ["reference", "name", "email"]
    search_help_text = "By name, e-mail, phone or reference, in all requests."
    # The tabs have their order; sorting all requests by a name takes a while and helps nobody.
    sortable_by = ["waits"]
    list_per_page = 50
    paginator = KeyPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    inlines = [WishInline, OfferInline, NoteInline, EventInline, ReturnedMailInline]
    change_list_template = "bookings/admin/booking_list.html"
    change_form_template = "bookings/admin/booking.html"
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "reference",
                    "kind",
                    "stands",
                    "call_time",
                    "with_whom",
                    "program",
                    "asked",
                    "referrer",
                ]
            },
        ),
        ("Who", {"fields": ["name", "mailto", "dial", "visitor_zone"]}),
        (
            "What is going on",
            {
                "description": "Private. Do not copy it into mail. It is deleted soon after the call.",
                "fields": ["message"],
            },
        ),
        (
            "Consent",
            {
                "fields": ["consent_version", "consented", "texts"],
                "classes": ["collapse"],
            },
        ),
    ]

    def get_queryset(self, request):
        rows = Booking.objects.with_call().with_busy_time()
        return rows.annotate(mail_came_back=mail_came_back())

    def get_ordering(self, request):
        return tab_of(request.GET.get("when")).ordering

    def get_list_display(self, request):
        answers = [self.answers] if may_decide(request.user) else []
        return [*self.list_display, *answers]

    def get_urls(self):
        beside = {
            "day": day_sheet,
            "week": week_view,
            "calendar": calendar,
            "person": person,
            "export": export,
        }
        of_all = {"new": new_request, "undo_all": undo_all}
        of_one = {"contact": contact, "reply": reply, "undo": undo, "waiting": waiting}
        views = [
            *((f"{n}/", n, partial(self.with_context, v)) for n, v in beside.items()),
            *((f"{n}/", n, partial(v, self)) for n, v in of_all.items()),
            *((f"<int:pk>/{n}/", n, partial(v, self)) for n, v in of_one.items()),
        ]
        wrap = self.admin_site.admin_view
        ours = [path(url, wrap(v), name=f"bookings_booking_{n}") for url, n, v in views]
        return [*ours, *super().get_urls()]

    def get_actions(self, request, action_location=None):
        # Django 5.2 knows of no location.
        where = {"action_location": action_location} if action_location else {}
        found = super().get_actions(request, **where)
        return {**found, **bulk_actions(request.user)}

    def get_search_results(self, request, queryset, search_term):
        return found_by(queryset, search_term), False

    def with_context(self, view, request):
        """Show a page beside the queue to those who may see requests."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {**self.admin_site.each_context(request), "opts": self.opts}
        return view(request, context)

    def changelist_view(self, request, extra_context=None):
        if request.method == "GET" and not request.GET:
            queue = admin_url(Booking, "changelist")
            return HttpResponseRedirect(f"{queue}?when={FIRST.key}")
        zone = Clinic.objects.current().zone
        extra = {
            "title": "Requests",
            "tabs": tabs(request.GET.get("when")),
            "zone": zone,
            "is_nav_sidebar_enabled": False,  # the table needs the room
            "may_decide": may_decide(request.user),
            **shown(fresh_presses(request.user, zone)),
        }
        return super().changelist_view(request, {**extra, **(extra_context or {})})

    def render_change_form(self, request, context, *args, **kwargs):
        booking = context["original"]
        record_opened([booking.reference])
        if may_decide(request.user):
            context |= {
                "decisions": possible_decisions(booking),
                "can_be_taken_back": may_be_taken_back(booking),
                "waiting_presses": waiting_presses(booking),
                "note_form": NoteForm(),
                **shown(fresh_presses(request.user, booking.zone), booking),
            }
        context["earlier"] = Booking.objects.of_the_same_person(booking)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="asked", ordering="created_at")
    def waits(self, booking):
        age = timezone.now() - booking.created_at
        words = f"{timesince(booking.created_at, depth=1)} ago"
        if booking.state != State.REQUESTED or age < LONG_WAIT:
            return words
        return format_html(
            '{} <strong class="booking-badge">Waits long</strong>', words
        )

    @admin.display(description="state", ordering="state")
    def stands(self, booking):
        """The state, and what is odd about the request, in words."""
        marks = marks_of(booking)
        return format_html(
            "{}{}",
            booking.get_state_display(),
            format_html_join(
                "", ' <strong class="booking-badge">{}</strong>', [[m] for m in marks]
            ),
        )

    @admin.display(description="answer")
    def answers(self, booking):
        return render_to_string(
            "bookings/admin/_booking_actions.html",
            {"booking": booking, "decisions": possible_decisions(booking)},
        )

    @admin.display(description="call", ordering="slot__starts_at")
    def call(self, booking):
        slot = booking.slot
        return clock.short_words(slot.starts_at, booking.zone) if slot else "no call"

    @admin.display(description="call")
    def call_time(self, booking):
        slot = booking.slot
        return clock.moment_words(slot.starts_at, booking.zone) if slot else "no call"

    @admin.display(description="e-mail")
    def mailto(self, booking):
        if not booking.email:
            return "-"
        return format_html('<a href="{}">{}</a>', mailto(booking.email), booking.email)

    @admin.display(description="phone")
    def dial(self, booking):
        phone = booking.phone
        if not phone:
            return "-"
        return format_html('<a href="{}">{}</a>', phone.as_rfc3966, phone_words(phone))

    @admin.display(description="with")
    def with_whom(self, booking):
        return booking.slot.clinician if booking.slot else "-"

    @admin.display(description="asked")
    def asked(self, booking):
        return clock.moment_words(booking.created_at, booking.zone)

    @admin.display(description="agreed to texts on")
    def texts(self, booking):
        given = booking.texts_agreed_at
        return given and clock.moment_words(given, booking.zone)

    @admin.display(description="agreed on")
    def consented(self, booking):
        given = booking.consented_at
        return given and clock.moment_words(given, booking.zone)
