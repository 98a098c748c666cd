from django.contrib import admin

from exercises.models import ExerciseVersion, RoutineVersion
from kneecare.publishing.admin.version import VersionAdmin


@admin.register(ExerciseVersion, RoutineVersion)
class MovementVersionAdmin(VersionAdmin):
    list_display = ["title", "number", "made_at", "made_by"]
    list_select_related = ["made_by"]
    search_fields = ["title"]
