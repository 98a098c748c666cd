from content_editor.admin import ContentEditor, ContentEditorInline
from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse

from articles.models import (
    Article,
    CalloutBlock,
    CallToActionBlock,
    DrawingBlock,
    ExerciseBlock,
    ImageBlock,
    QuoteBlock,
    TextBlock,
)
from articles.publishing import PublishedMeanwhile, publish
from kneecare.core.admin import EditorAdmin


@admin.register(Article)
class ArticleAdmin(EditorAdmin, ContentEditor):
    """Saving changes the working copy; publishing changes what patients read."""

    list_display = [
        "title",
        "author",
        "is_reviewed",
        "review_by",
        "is_published",
        "version",
    ]
    list_filter = ["published_at", "topics", "author", "reviewed_on"]
    list_select_related = ["author", "live"]
    search_fields = ["title", "summary"]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["author", "reviewer", "topics", "related"]
    readonly_fields = ["published_at"]
    date_hierarchy = "published_at"
    actions = ["publish_now", "take_down"]
    inlines = [
        ContentEditorInline.create(TextBlock, icon="notes"),
        ContentEditorInline.create(CalloutBlock, icon="campaign"),
        ContentEditorInline.create(
            ImageBlock,
            icon="image",
            fields=[
                "image",
                ("focus_x", "focus_y"),
                "alt",
                "caption",
                "region",
                "ordering",
            ],
        ),
        ContentEditorInline.create(DrawingBlock, icon="draw"),
        ContentEditorInline.create(
            ExerciseBlock,
            icon="fitness_center",
            autocomplete_fields=["exercise", "routine"],
        ),
        ContentEditorInline.create(QuoteBlock, icon="format_quote"),
        ContentEditorInline.create(CallToActionBlock, icon="touch_app"),
    ]
    fieldsets = [
        (None, {"fields": ["title", "slug", "summary", "topics"]}),
        (
            "Review",
            {
                "description": "While no review is given, the page says that the clinical review is pending.",
                "fields": ["author", "reviewer", "reviewed_on", "review_by"],
            },
        ),
        ("You might also like", {"fields": ["related"]}),
        ("Publishing", {"fields": ["published_at"]}),
    ]

    @admin.display(boolean=True, description="reviewed", ordering="reviewed_on")
    def is_reviewed(self, article):
        return article.is_reviewed

    @admin.display(boolean=True, description="published", ordering="published_at")
    def is_published(self, article):
        return article.is_published

    @admin.display(description="version", ordering="live__number")
    def version(self, article):
        return article.live.number if article.live else "none yet"

    def view_on_site(self, article):
        if article.is_published:
            return article.get_absolute_url()
        return reverse("articles:preview", args=[article.slug])

    def response_change(self, request, obj):
        if "_publish" in request.POST:
            self._publish(request, obj)
            return HttpResponseRedirect(request.path)
        if "_takedown" in request.POST:
            obj.unpublish()
            self.message_user(
                request,
                "Taken down. Visitors no longer see this article.",
                messages.SUCCESS,
            )
            return HttpResponseRedirect(request.path)
        if "_preview" in request.POST:
            return HttpResponseRedirect(reverse("articles:preview", args=[obj.slug]))
        return super().response_change(request, obj)

    def _publish(self, request, article):
        try:
            publication = publish(article, by=request.user)
        except PublishedMeanwhile:
            self.message_user(
                request,
                "Somebody else published this article just now.",
                messages.WARNING,
            )
        else:
            self.message_user(
                request, f"Published as version {publication.number}.", messages.SUCCESS
            )

    @admin.action(
        description="Publish the selected articles now", permissions=["change"]
    )
    def publish_now(self, request, queryset):
        for article in queryset:
            self._publish(request, article)

    @admin.action(description="Take the selected articles down", permissions=["change"])
    def take_down(self, request, queryset):
        for article in queryset:
            article.unpublish()
        self.message_user(request, f"{len(queryset)} taken down.", messages.SUCCESS)
