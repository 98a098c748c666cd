from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from bookings.dashboard import dashboard_for
from kneecare.clinic.models import Clinic
from kneecare.core.formset_limits import with_bounded_formsets
from kneecare.core.http.csp import allow_editor_styles
from kneecare.core.jobs import clock_check
from kneecare.site.staff_guide import staff_guide
from kneecare.site.styleguide import pages


class ClinicAdminSite(AdminSite):
    """The staff's pages, titled for the clinic."""

    site_title = "Staff"
    index_title = "What would you like to do?"
    enable_nav_sidebar = True

    def each_context(self, request):
        name = Clinic.objects.current().name
        return {
            **super().each_context(request),
            "site_header": f"{name} staff",
            "site_title": f"{name} staff",
        }

    def index(self, request, extra_context=None):
        extra = {
            "desk": dashboard_for(request.user),
            "clock": clock_check.jumped(),
            "may_trust_the_clock": may_trust_the_clock(request.user),
            **(extra_context or {}),
        }
        return super().index(request, extra)

    def get_urls(self):
        ours = [
            path("clock/", self.admin_view(self.clock), name="clock"),
            path("patterns/", self.admin_view(self.patterns), name="patterns"),
            path("guide/", self.admin_view(self.guide), name="guide"),
        ]
        return ours + super().get_urls()

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

    def patterns(self, request):
        return pages.index(request, self.each_context(request))

    def admin_view(self, view, cacheable=False):
        return allow_editor_styles(
            super().admin_view(with_bounded_formsets(view), cacheable)
        )


def may_trust_the_clock(user):
    """Those who set how long requests are kept also say whether it is time to delete them."""
    return user.has_perm("bookings.change_callsettings")
