"""Pages of a row in the admin, besides its form."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from kneecare.core.admin.urls import admin_url

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin


@dataclass(frozen=True)
class ObjectView:
    """A page of a row at ``path`` below it: ``view(admin, request, row, ...)``, for who may see the row, or change it."""

    path: str
    view: Callable[..., HttpResponse]
    to_change: bool = False


class ObjectViewsMixin(ModelAdmin):
    """An admin whose rows have ``object_views``.

    A template in the folder of this model, as Django names it, comes before the one for all.
    """

    object_views: list[ObjectView] = []
    object_views_related: list[str] = []

    def get_urls(self) -> list[URLPattern]:
        ours = [
            path(
                f"<int:pk>/{each.path}",
                self.admin_site.admin_view(partial(self._show, each)),
                name=f"{self.opts.app_label}_{self.opts.model_name}_{each.view.__name__}",
            )
            for each in self.object_views
        ]
        return ours + super().get_urls()

    def _show(
        self, page: ObjectView, request: HttpRequest, pk: int, **kwargs: Any
    ) -> HttpResponse:
        row = self.get_row(request, pk, to_change=page.to_change)
        return page.view(self, request, row, **kwargs)

    def get_row(self, request: HttpRequest, pk: int, *, to_change: bool = False) -> Any:
        """The row, for somebody who may see it, or change it."""
        rows = self.model._default_manager.select_related(*self.object_views_related)
        row = get_object_or_404(rows, pk=pk)
        may = self.has_change_permission if to_change else self.has_view_permission
        if not may(request, row):
            raise PermissionDenied
        return row

    def render_page(
        self, request: HttpRequest, row: Any, name: str, **context: Any
    ) -> TemplateResponse:
        context |= {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": row,
            "may_change": self.has_change_permission(request, row),
            "list_url": admin_url(self.model, "changelist"),
            "change_url": admin_url(self.model, "change", row.pk),
            "history_url": admin_url(self.model, "history", row.pk),
        }
        ours = f"admin/{self.opts.app_label}/{self.opts.model_name}/{name}.html"
        return TemplateResponse(request, [ours, f"admin/{name}.html"], context)
