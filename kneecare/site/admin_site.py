from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from bookings.dashboard.front_desk import dashboard_for
from kneecare.accounts.session import gate, kept_post
from kneecare.accounts.views import passwords, sign_in
from kneecare.audit.deletions import RecordsDeletions
from kneecare.clinic.choices import OffersWhoWorksHere
from kneecare.clinic.context_processors import clinic_of
from kneecare.core.admin.deleted_rows import KeepsTypedWords
from kneecare.core.admin.formset_limits import with_bounded_formsets
from kneecare.core.admin.instead import SaysWhatInstead
from kneecare.core.admin.junk import RefusesJunk
from kneecare.core.admin.seen_list import RefusesUnseenChangesInLists
from kneecare.core.admin.seen_state import RefusesUnseenChanges
from kneecare.core.clock import answer_on_clock
from kneecare.core.health.backups import last_backup
from kneecare.core.http.csp import allow_editor_styles
from kneecare.core.identifiers import parse_id
from kneecare.core.jobs import clock_check
from kneecare.core.people import manages_people
from kneecare.site.rights import rights
from kneecare.site.staff_guide import staff_guide
from kneecare.site.styleguide import pages


class ClinicAdminSite(AdminSite):
    """The staff's pages, titled for the clinic and on its clock."""

    site_title = "Staff"
    index_title = "What would you like to do?"
    enable_nav_sidebar = True

    def register(self, model_or_iterable, admin_class=None, **options):
        """As Django does it; whichever class it is and whoever wrote it, it has what is ours besides: see each of these."""
        kind: Any = admin_class or ModelAdmin
        ours = (
            KeepsTypedWords,
            RefusesJunk,
            RefusesUnseenChanges,
            RefusesUnseenChangesInLists,
            OffersWhoWorksHere,
            SaysWhatInstead,
            RecordsDeletions,
            kind,
        )
        safe = type(kind)(kind.__name__, ours, {"__module__": kind.__module__})
        super().register(model_or_iterable, safe, **options)

    def each_context(self, request):
        name = clinic_of(request).name
        return {
            **super().each_context(request),
            "site_header": f"{name} staff",
            "site_title": f"{name} staff",
        }

    def index(self, request, extra_context=None):
        is_owner = manages_people(request.user)
        extra = {
            "desk": dashboard_for(request.user),
            "clock": clock_check.jumped(),
            "is_owner": is_owner,
            "last_backup": last_backup() if is_owner else None,
            "may_trust_the_clock": may_trust_the_clock(request.user),
            "second_step_due": gate.second_step_due(request),
            **(extra_context or {}),
        }
        return super().index(request, extra)

    def get_urls(self):
        ours = [
            path("clock/", self.admin_view(self.clock), name="clock"),
            path("logout/", sign_in.sign_out, name="logout"),
            path("patterns/", self.admin_view(self.patterns), name="patterns"),
            path("guide/", self.admin_view(self.guide), name="guide"),
            path("rights/", self.admin_view(self.rights), name="rights"),
            path(
                "r/<path:content_type_id>/<path:object_id>/",
                self.admin_view(self.view_on_site),
                name="view_on_site",
            ),
        ]
        # Ours come first, and so stand in the place of Django's of the same path.
        return ours + super().get_urls()

    def login(self, request, extra_context=None):
        return sign_in.SignInView.as_view()(request)

    def password_change(self, request, extra_context=None):
        return passwords.change(request)

    @method_decorator(require_safe)
    def view_on_site(self, request, content_type_id, object_id):
        """To the page of a row, for who may see the row. Django's own asks nobody, and would hand out secret URLs."""
        kind = get_object_or_404(ContentType, pk=parse_id(content_type_id))
        model = kind.model_class()
        options = self._registry.get(model) if model else None
        if options is None or options.view_on_site is False:
            raise Http404
        if not options.has_view_permission(request):
            raise PermissionDenied
        row = options.get_object(request, object_id)
        if row is None or not hasattr(row, "get_absolute_url"):
            raise Http404
        if not options.has_view_permission(request, row):
            raise PermissionDenied
        of_page = options.view_on_site
        return redirect(str(of_page(row)) if callable(of_page) else row)

    @method_decorator(require_POST)
    def clock(self, request):
        """Somebody looked at the clock, and says that it is right."""
        if not may_trust_the_clock(request.user):
            raise PermissionDenied
        clock_check.trust()
        messages.success(request, "The clock is trusted again.")
        return HttpResponseRedirect(reverse("admin:index"))

    def guide(self, request):
        return staff_guide(request, self.each_context(request))

    def rights(self, request):
        return rights(request, self)

    def patterns(self, request):
        return pages.index(request, self.each_context(request))

    def admin_view(self, view, cacheable=False):
        @wraps(view)
        def on_clock(request, *args, **kwargs):
            zone = clinic_of(request).zone
            return answer_on_clock(zone, view, request, *args, **kwargs)

        shown = allow_editor_styles(
            super().admin_view(with_bounded_formsets(on_clock), cacheable)
        )

        @wraps(shown)
        def after_the_gate(request, *args, **kwargs):
            if not self.has_permission(request):
                is_sent = request.method == "POST"
                ask = sign_in.ask_to_sign_in if is_sent else shown
                return ask(request, *args, **kwargs)
            if before := gate.next_page(request):
                return redirect(before)
            if request.method == "POST":
                kept_post.forget_if_sent(request)
            return shown(request, *args, **kwargs)

        return after_the_gate


def may_trust_the_clock(user):
    """Those who set how long requests are kept also say whether it is time to delete them."""
    return user.has_perm("bookings.change_callsettings")
