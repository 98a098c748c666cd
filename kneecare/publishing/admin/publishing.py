"""The admin of a page that is published by freezing: saving changes the working copy, publishing what patients read."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpResponseRedirect

from kneecare.core.admin import EditorAdmin, SlugRedirectAdmin
from kneecare.publishing.admin.edit_conflicts import SafeSaving
from kneecare.publishing.admin.history import VersionPages
from kneecare.publishing.exceptions import Refused
from kneecare.search.admin import IndexedAdmin

LONGEST_NOTE = 200
REVIEW: Any = (
    "Review",
    {
        "description": "While no review is given, the page says that the clinical review is pending.",
        "fields": ["author", "reviewer", "reviewed_on", "review_by"],
    },
)


class FrozenAdmin(
    SafeSaving, VersionPages, SlugRedirectAdmin, IndexedAdmin, EditorAdmin
):
    prepopulated_fields = {"slug": ["title"]}
    date_hierarchy = "published_at"
    actions = ["publish_now", "take_down"]

    def publish(self, page, *, by, note):
        """Make the working copy what patients read; return the version. Raises ``Refused``."""
        raise NotImplementedError

    def withdraw(self, page, *, by):
        """Show patients nothing of it any more. Raises ``Refused``."""
        raise NotImplementedError

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("live_version")

    @admin.display(boolean=True, description="reviewed", ordering="reviewed_on")
    def is_reviewed(self, page):
        return page.is_reviewed

    @admin.display(boolean=True, description="published", ordering="published_at")
    def is_published(self, page):
        return page.is_published

    @admin.display(description="version", ordering="live_version__number")
    def version(self, page):
        return page.live_version.number if page.live_version else "none yet"

    def view_on_site(self, page):
        address = page.get_absolute_url()
        return address if page.is_published else f"{address}preview/"

    def get_deleted_objects(self, objs, request):
        """A draft takes along what was kept of it; what was ever live is protected, and is taken down instead."""
        rows, counts, missing, protected = super().get_deleted_objects(objs, request)
        versions = self.model._meta.get_field("live_version").related_model
        return rows, counts, missing - {versions._meta.verbose_name}, protected

    def response_change(self, request, obj):
        if "_publish" in request.POST:
            note = request.POST.get("note", "").strip()[:LONGEST_NOTE]
            self._publish(request, obj, note=note)
            return HttpResponseRedirect(request.path)
        if "_takedown" in request.POST:
            self._withdraw(request, obj)
            return HttpResponseRedirect(request.path)
        if "_preview" in request.POST:
            return HttpResponseRedirect(f"{obj.get_absolute_url()}preview/")
        return super().response_change(request, obj)

    @admin.action(description="Publish the selected pages now", permissions=["change"])
    def publish_now(self, request, queryset):
        for page in queryset:
            self._publish(request, page)

    @admin.action(description="Take the selected pages down", permissions=["change"])
    def take_down(self, request, queryset):
        for page in queryset:
            self._withdraw(request, page)

    def tell_refusal(self, request, page, refusal):
        self.message_user(request, str(refusal), messages.WARNING)

    def _publish(self, request, page, *, note=""):
        try:
            version = self.publish(page, by=request.user, note=note)
        except Refused as refusal:
            self.tell_refusal(request, page, refusal)
        else:
            told = f"“{page}”: published as version {version.number}."
            self.message_user(request, told, messages.SUCCESS)

    def _withdraw(self, request, page):
        try:
            self.withdraw(page, by=request.user)
        except Refused as refusal:
            self.tell_refusal(request, page, refusal)
        else:
            told = f"“{page}” is taken down. Visitors no longer see it."
            self.message_user(request, told, messages.SUCCESS)
