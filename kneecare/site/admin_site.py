from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
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
            path(
                "r/<int:content_type_id>/<path:object_id>/",
                self.admin_view(self.page_of_row),
                name="view_on_site",
            ),
            path("patterns/", self.admin_view(self.patterns), name="patterns"),
            path("guide/", self.admin_view(self.guide), name="guide"),
        ]
        theirs = super().get_urls()
        return ours + [
            each for each in theirs if getattr(each, "name", "") != "view_on_site"
        ]

    def page_of_row(self, request, content_type_id, object_id):
        """To the page of a row, for who may see the row. Django's own asks nobody, and would hand out secret URLs."""
        kind = get_object_or_404(ContentType, pk=content_type_id)
        model = kind.model_class()
        options = self._registry.get(model) if model else None
        if options is None or options.view_on_site is False:
            raise Http404
        row = options.get_object(request, object_id)
        if row is None or not hasattr(row, "get_absolute_url"):
            raise Http404
        if not options.has_view_permission(request, row):
            raise PermissionDenied
        of_page: Any = options.view_on_site
        url = of_page(row) if callable(of_page) else row.get_absolute_url()
        return HttpResponseRedirect(url)

    def guide(self, request):
        return staff_guide(request, self.each_context(request))

    def patterns(self, request):
        return pages.index(request, self.each_context(request))

    def admin_view(self, view, cacheable=False):
        return allow_editor_styles(super().admin_view(view, cacheable))
