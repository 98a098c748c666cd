"""The admin's side of the editor: the address that draws while somebody edits."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from exercises.admin.drawing.editor import drawn
from exercises.admin.drawing.form import DRAWN
from exercises.admin.drawing.widget import PoseEditor, parsed

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin

NAME = "figure"
NO_JSON = "The JSON of the drawing cannot be read: a comma, a quote or a bracket is missing or one too many."


class DrawingAdmin(ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.draw)
        return [path("drawing/", view, name="exercises_exercise_drawing"), *super().get_urls()]  # fmt: skip

    @method_decorator(require_POST)
    def draw(self, request: HttpRequest) -> JsonResponse:
        """The drawing that the fields of the form say, as SVG; what cannot be drawn is a 400 that says why.

        A body that floats, or reaches through the floor, is drawn with the words: it may be on its way to stand.
        """
        if not (self.has_change_permission(request) or self.has_add_permission(request)):  # fmt: skip
            raise PermissionDenied
        widget = PoseEditor()
        value = widget.value_from_datadict(request.POST, None, NAME)
        figure = parsed(value)
        if not isinstance(figure, dict):
            return JsonResponse({"words": NO_JSON}, status=400)
        found = drawn(figure)
        if "whole" in request.POST:
            context = widget.get_context(NAME, value, {"id": f"id_{NAME}"})
            found["fields"] = render_to_string("admin/widgets/_pose_fields.html", context)  # fmt: skip
        return JsonResponse(found, status=200 if found["is_drawing"] else 400)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who can change the drawing sees it in the editor already."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj and not self.has_change_permission(request, obj):
            return fieldsets
        return [
            (
                title,
                {
                    **options,
                    "fields": [f for f in options["fields"] if f != "drawing"],
                },
            )
            for title, options in fieldsets
        ]

    def render_change_form(
        self, request: Any, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        form = context["adminform"].form
        if form.has_error(NAME, DRAWN) and len(context["errors"]) == 1:
            context["errors"] = []  # the words at the drawing say it all
        return super().render_change_form(request, context, *args, **kwargs)
