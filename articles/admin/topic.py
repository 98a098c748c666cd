from django.contrib import admin

from articles.models import Topic
from kneecare.core.admin.model_admin import SlugRedirectAdmin
from kneecare.publishing.admin.named_by_versions import NamedByVersionsAdmin


@admin.register(Topic)
class TopicAdmin(NamedByVersionsAdmin, SlugRedirectAdmin):
    list_display = ["title", "place", "routine"]
    list_filter = ["place"]
    list_select_related = ["routine"]
    search_fields = ["title", "summary"]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["routine"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "summary", "drawing"]}),
        ("Knee finder", {"fields": ["place", "fits", "routine"]}),
    ]
