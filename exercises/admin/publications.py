from django.contrib import admin

from exercises.models import ExercisePublication, RoutinePublication


@admin.register(ExercisePublication, RoutinePublication)
class PublicationAdmin(admin.ModelAdmin):
    """What patients have read, version by version: to look at, never to change."""

    list_display = ["title", "number", "made_at", "made_by"]
    list_filter = ["made_at"]
    list_select_related = ["made_by"]
    search_fields = ["title"]
    date_hierarchy = "made_at"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
