from content_editor.admin import ContentEditor, ContentEditorInline
from django.contrib import admin

from articles import link_checking
from articles.admin.preview_links import links
from articles.admin.readability import reading, self_score
from articles.admin.references import ReferenceInline
from articles.diff import compare
from articles.models import BLOCKS, Article, PendingReview
from articles.rendering.page import render_preview
from kneecare.core.admin.model_admin import PrintedAdmin
from kneecare.core.admin.urls import admin_url
from kneecare.publishing.admin.formsets import ChildFormSet
from kneecare.publishing.admin.object_views import ObjectView
from kneecare.publishing.admin.publishing import (
    OBJECT_VIEWS,
    PUBLISHING,
    REVIEW,
    TOLD,
    VersionedPageAdmin,
)


class PlannedFilter(admin.SimpleListFilter):
    title = "what is planned"
    parameter_name = "planned"

    def lookups(self, request, model_admin):
        return [("live", "Goes live later"), ("down", "Comes down later")]

    def queryset(self, request, queryset):
        found = {
            "live": queryset.filter(goes_live_at__isnull=False),
            "down": queryset.filter(comes_down_at__isnull=False),
        }
        return found.get(self.value() or "", queryset)


def block_inline(block):
    return ContentEditorInline.create(block, formset=ChildFormSet, **block.editor)


@admin.register(Article)
class ArticleAdmin(PrintedAdmin, VersionedPageAdmin, ContentEditor):
    """Saving changes the draft; publishing changes what patients read."""

    drawn_fields = ["title"]

    change_form_template = "admin/articles/article/change_form.html"
    list_display = [
        "title",
        "author",
        "is_reviewed",
        "review_by",
        "is_published",
        "version",
        "plans",
    ]
    list_filter = [
        "published_at",
        PlannedFilter,
        "topics",
        "author",
        "live_version__reviewed_on",
    ]
    list_select_related = ["author"]
    search_fields = ["title", "summary"]
    autocomplete_fields = ["author", "topics", "related"]
    readonly_fields = TOLD
    object_views = [
        *OBJECT_VIEWS,
        ObjectView("links/", links, to_change=True),
        ObjectView("reading/", reading),
        ObjectView("self-score/<str:kind>/", self_score, to_change=True),
    ]
    inlines = [*map(block_inline, BLOCKS), ReferenceInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", "summary", "language", "topics"]}),
        REVIEW,
        ("You might also like", {"fields": ["related"]}),
        PUBLISHING,
    ]

    def compare(self, old, new):
        return compare(old, new)

    def render_version(self, request, page, version, note):
        return render_preview(request, page, note, version)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        link_checking.remember(form.instance)

    def response_change(self, request, obj):
        if "_pending" in request.POST:
            PendingReview.objects.say(obj, by=request.user)
            return self.lead_to_check_list(request)
        if "_not_pending" in request.POST:
            obj.pending_reviews.end()
            return self.lead_to_check_list(request)
        return super().response_change(request, obj)

    def check_list(self, request, page, formsets):
        checks = super().check_list(request, page, formsets)
        pending = page.pending_reviews.open().select_related("said_by").first()
        may_say = checks["may_change"] and not pending and page.signature is None
        return {
            **checks,
            "pending": pending,
            "may_say_pending": may_say,
            "reading_url": admin_url(Article, "reading", page.pk),
        }
