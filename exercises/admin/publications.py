from django.contrib import admin

from exercises.models import ExerciseVersion, RoutineVersion
from kneecare.core.admin import ReadOnlyAdmin
from kneecare.publishing.admin.object_views import OnClinicClock


@admin.register(ExerciseVersion, RoutineVersion)
class PublicationAdmin(OnClinicClock, ReadOnlyAdmin):
    """What patients have read, version by version."""

    list_display = ["title", "number", "made_at", "made_by"]
    list_filter = ["made_at"]
    list_select_related = ["made_by"]
    search_fields = ["title"]
    date_hierarchy = "made_at"

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(number=None)
