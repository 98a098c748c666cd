"""What the admin pages of exercises and routines share."""

from typing import Any

from exercises.diff import compare
from exercises.page import render_preview
from exercises.publish import publish, take_down
from exercises.restoring import restore
from exercises.versions import keep
from kneecare.publishing.admin.publishing import FrozenAdmin

PUBLISHING: Any = ("Publishing", {"fields": ["published_at"]})


class FrozenPageAdmin(FrozenAdmin):
    autocomplete_fields = ["author", "reviewer"]
    readonly_fields = ["published_at"]
    pages_related = ["live_version", "saved_by"]

    def publish(self, page, *, by, note):
        return publish(page, by=by, note=note)

    def withdraw(self, page, *, by):
        take_down(page)

    def keep(self, page, *, by):
        keep(page, by=by)

    def listed_versions(self, row):
        found = super().listed_versions(row).defer("data", "source")
        return found.select_related("made_by")

    def difference(self, row, old, new):
        return {"rows": compare((old or row).snapshot(), (new or row).snapshot())}

    def preview(self, request, row, version, note):
        return render_preview(request, row, version.snapshot(), version, note=note)

    def bring_back(self, version, *, by):
        return restore(version, by=by)
