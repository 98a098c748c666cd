"""Synonyms; and for the admin of whatever can be found: a save and a deletion reach the index at once."""

from django.contrib import admin
from django.db import transaction

from kneecare.core.admin.model_admin import PublishableAdmin
from kneecare.search import index
from kneecare.search.models import PromotedPage, SynonymGroup
from kneecare.search.sources import pages_of


class IndexedAdmin(admin.ModelAdmin):
    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        # After all that a save does to what patients read, in its transaction.
        index.refresh(form.instance)

    def delete_model(self, request, obj):
        with transaction.atomic():
            keys = _keys([obj])
            super().delete_model(request, obj)
            index.refresh_keys(keys)

    def delete_queryset(self, request, queryset):
        with transaction.atomic():
            keys = _keys(queryset)
            super().delete_queryset(request, queryset)
            index.refresh_keys(keys)


class IndexedPageAdmin(IndexedAdmin, PublishableAdmin):
    """For pages that the list publishes and takes down."""

    @admin.action(description="Publish the selected pages now", permissions=["change"])
    def publish_now(self, request, queryset):
        self._change(super().publish_now, request, queryset)

    @admin.action(description="Take the selected pages down", permissions=["change"])
    def take_down(self, request, queryset):
        self._change(super().take_down, request, queryset)

    def _change(self, action, request, queryset):
        with transaction.atomic():
            keys = _keys(queryset)
            action(request, queryset)
            index.refresh_keys(keys)


def _keys(rows):
    return {(page._meta.model_name, page.pk) for row in rows for page in pages_of(row)}


@admin.register(PromotedPage)
class PromotedPageAdmin(IndexedAdmin):
    list_display = ["title", "url", "summary"]
    search_fields = ["title", "words"]


@admin.register(SynonymGroup)
class SynonymGroupAdmin(admin.ModelAdmin):
    list_display = ["__str__"]
    search_fields = ["words"]
