from django.contrib.admin import AdminSite
from django.urls import path

from bookings.dashboard import dashboard_for
from kneecare.clinic.models import Clinic
from kneecare.core.http.csp import allow_editor_styles
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
        extra = {"desk": dashboard_for(request.user), **(extra_context or {})}
        return super().index(request, extra)

    def get_urls(self):
        ours = [
            path("patterns/", self.admin_view(self.patterns), name="patterns"),
            path("guide/", self.admin_view(self.guide), name="guide"),
        ]
        return ours + super().get_urls()

    def guide(self, request):
        return staff_guide(request, self.each_context(request))

    def patterns(self, request):
        return pages.index(request, self.each_context(request))

    def admin_view(self, view, cacheable=False):
        return allow_editor_styles(super().admin_view(view, cacheable))
