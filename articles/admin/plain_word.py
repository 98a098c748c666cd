from django.contrib import admin

from articles.models import PlainWord


@admin.register(PlainWord)
class PlainWordAdmin(admin.ModelAdmin):
    """The words that the reading help marks."""

    list_display = ["word", "plainer"]
    list_editable = ["plainer"]
    search_fields = ["word", "plainer"]
