"""Pages of a row in the admin, besides its form."""

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path

from kneecare.clinic.clock import on_clinic_clock
from kneecare.core.admin_urls import admin_url


class OnClinicClock(ModelAdmin):
    """An admin whose list and forms tell times on the clinic's clock."""

    @on_clinic_clock
    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, extra_context)

    @on_clinic_clock
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        return super().changeform_view(request, object_id, form_url, extra_context)


class OwnPages(ModelAdmin):
    """An admin whose rows have pages of their own: ``pages`` maps the end of each address to its method.

    A template in the folder of this model, as Django names it, comes before the one for all.
    """

    pages: dict[str, str] = {}
    pages_related: list[str] = []

    def get_urls(self):
        ours = [
            path(
                f"<int:pk>/{ending}",
                self.admin_site.admin_view(on_clinic_clock(getattr(self, name))),
                name=f"{self.opts.app_label}_{self.opts.model_name}_{name}",
            )
            for ending, name in self.pages.items()
        ]
        return ours + super().get_urls()

    def get_row(self, request, pk, *, to_change=False):
        """The row, for somebody who may see it, or change it."""
        rows = self.model._default_manager.select_related(*self.pages_related)
        row = get_object_or_404(rows, pk=pk)
        may = self.has_change_permission if to_change else self.has_view_permission
        if not may(request, row):
            raise PermissionDenied
        return row

    def page(self, request, row, name, **context):
        context |= {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": row,
            "may_change": self.has_change_permission(request, row),
            "list_url": address(self.model, "changelist"),
            "change_url": address(self.model, "change", row.pk),
            "history_url": address(self.model, "history", row.pk),
        }
        ours = f"admin/{self.opts.app_label}/{self.opts.model_name}/{name}.html"
        return TemplateResponse(request, [ours, f"admin/{name}.html"], context)


def address(model, name, *args):
    """Where the page called ``name`` of a row of ``model`` stands."""
    return admin_url(model, name, *args)
