"""What the admin pages of exercises and routines share: saving changes the working copy, publishing what patients read."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpResponseRedirect

from exercises.admin.versions import Versions
from exercises.models import ExercisePublication, RoutinePublication
from exercises.publishing import publish, take_down
from exercises.refusals import PublishedMeanwhile
from kneecare.core.admin import AddressedAdmin, EditorAdmin
from kneecare.search.indexed_admin import IndexedAdmin

REVIEW: Any = (
    "Review",
    {
        "description": "While no review is given, the page says that the clinical review is pending.",
        "fields": ["author", "reviewer", "reviewed_on", "review_by"],
    },
)
PUBLISHING: Any = ("Publishing", {"fields": ["published_at"]})


class FrozenPageAdmin(Versions, AddressedAdmin, IndexedAdmin, EditorAdmin):
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["author", "reviewer"]
    readonly_fields = ["published_at"]
    date_hierarchy = "published_at"
    actions = ["publish_now", "take_down"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("live")

    @admin.display(boolean=True, description="reviewed", ordering="reviewed_on")
    def is_reviewed(self, page):
        return page.is_reviewed

    @admin.display(boolean=True, description="published", ordering="published_at")
    def is_published(self, page):
        return page.is_published

    @admin.display(description="version", ordering="live__number")
    def version(self, page):
        return page.live.number if page.live else "none yet"

    def get_deleted_objects(self, objs, request):
        """A draft takes along what was kept of it; what was ever live is protected, and is taken down instead."""
        rows, counts, missing, protected = super().get_deleted_objects(objs, request)
        ours = {
            ExercisePublication._meta.verbose_name,
            RoutinePublication._meta.verbose_name,
        }
        return rows, counts, missing - ours, protected

    def view_on_site(self, page):
        address = page.get_absolute_url()
        return address if page.is_published else f"{address}preview/"

    def response_change(self, request, obj):
        if "_publish" in request.POST:
            self._publish(request, obj)
            return HttpResponseRedirect(request.path)
        if "_takedown" in request.POST:
            take_down(obj)
            message = "Taken down. Visitors no longer see this page."
            self.message_user(request, message, messages.SUCCESS)
            return HttpResponseRedirect(request.path)
        if "_preview" in request.POST:
            return HttpResponseRedirect(f"{obj.get_absolute_url()}preview/")
        return super().response_change(request, obj)

    def _publish(self, request, page):
        try:
            publication = publish(page, by=request.user)
        except PublishedMeanwhile:
            message = f"Somebody else published {page} just now."
            self.message_user(request, message, messages.WARNING)
        else:
            message = f"{page}: published as version {publication.number}."
            self.message_user(request, message, messages.SUCCESS)

    @admin.action(description="Publish the selected pages now", permissions=["change"])
    def publish_now(self, request, queryset):
        for page in queryset:
            self._publish(request, page)

    @admin.action(description="Take the selected pages down", permissions=["change"])
    def take_down(self, request, queryset):
        for page in queryset:
            take_down(page)
        self.message_user(request, f"{len(queryset)} taken down.", messages.SUCCESS)
