from django.contrib import admin, messages
from django.utils.html import format_html

from kneecare.core.admin.model_admin import ReadOnlyAdmin, ReadOnlyMixin
from kneecare.media import names, renditions
from kneecare.media.models import Picture, Rendition
from kneecare.media.reencode import drawn_size


class RenditionInline(ReadOnlyMixin, admin.TabularInline):
    model = Rendition
    fields = ["state", "last_error", "attempts", "shape", "width", "format"]


@admin.register(Picture)
class PictureAdmin(ReadOnlyAdmin):
    """What was uploaded and what has been drawn of it: to look at. Pictures are chosen where they are shown."""

    list_display = ["preview", "name", "width", "height", "uploaded_at"]
    list_filter = ["renditions__state"]
    search_fields = ["name"]
    date_hierarchy = "uploaded_at"
    fields = ["preview", "name", "width", "height", "uploaded_at"]
    readonly_fields = ["preview"]
    inlines = [RenditionInline]
    actions = ["draw_again"]

    @admin.display(description="picture")
    def preview(self, picture):
        return format_html(
            '<img src="{}" width="{}" height="{}" alt="" loading="lazy">',
            names.url(names.first(picture.name)),
            *drawn_size((picture.width, picture.height), 120),
        )

    @admin.action(description="Try again to draw what failed", permissions=["view"])
    def draw_again(self, request, queryset):
        count = renditions.draw_again(Rendition.objects.filter(picture__in=queryset))
        self.message_user(request, f"{count} will be tried again.", messages.SUCCESS)
