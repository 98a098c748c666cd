from django.contrib import admin

from exercises.models import Progression, Tag


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    list_display = ["name", "kind"]
    list_filter = ["kind"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Progression)
class ProgressionAdmin(admin.ModelAdmin):
    """Versions of one movement; each exercise names its own level."""

    list_display = ["title"]
    search_fields = ["title"]
