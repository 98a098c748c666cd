from django.contrib import admin

from exercises.models import Progression, Tag
from kneecare.publishing.admin.named_by_versions import NamedByVersionsAdmin


@admin.register(Tag)
class TagAdmin(NamedByVersionsAdmin):
    list_display = ["name", "kind"]
    list_filter = ["kind"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Progression)
class ProgressionAdmin(admin.ModelAdmin):
    """Versions of one movement; each exercise names its own level."""

    list_display = ["title"]
    search_fields = ["title"]
