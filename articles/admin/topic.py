from django.contrib import admin

from articles.models import Topic


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    list_display = ["title", "place"]
    list_filter = ["place"]
    search_fields = ["title", "summary"]
    prepopulated_fields = {"slug": ["title"]}
