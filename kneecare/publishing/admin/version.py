from typing import Any

from kneecare.core.admin.model_admin import ReadOnlyAdmin
from kneecare.publishing.admin.object_views import ObjectViewsMixin


class VersionAdmin(ObjectViewsMixin, ReadOnlyAdmin):
    """What was made for patients, version by version: to look at, never to change."""

    list_filter = ["made_at"]
    date_hierarchy = "made_at"

    def get_queryset(self, request: Any) -> Any:
        return super().get_queryset(request).exclude(number=None)
