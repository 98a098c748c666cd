"""Staff who would delete a row that versions name, such as a topic or a tag, are told what to do instead."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin

MOST_NAMED = 5


class NamedByVersionsAdmin(ModelAdmin):
    """Says before anything is deleted which pages name the row, and what to do instead."""

    def get_deleted_objects(self, objs: Any, request: Any) -> Any:
        rows, counts, missing, protected = super().get_deleted_objects(objs, request)
        for row in objs:
            pages = sorted({str(version.page) for version in row.versions.select_related("page")})  # fmt: skip
            if pages:
                more = f" and {len(pages) - MOST_NAMED} more" if len(pages) > MOST_NAMED else ""  # fmt: skip
                protected.append(
                    f"“{row}”, which versions of these pages name: {', '.join(pages[:MOST_NAMED])}{more}. "
                    "Give it another name instead, or take it off the pages: then patients do not see it any more."
                )
        return rows, counts, missing, protected
