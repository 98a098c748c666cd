from django.contrib import admin

from kneecare.search.models import SynonymGroup


@admin.register(SynonymGroup)
class SynonymGroupAdmin(admin.ModelAdmin):
    list_display = ["__str__"]
    search_fields = ["words"]
