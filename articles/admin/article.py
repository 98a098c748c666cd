from content_editor.admin import ContentEditor, ContentEditorInline
from django.contrib import admin
from django.http import HttpResponseRedirect

from articles.admin.history import Versions
from articles.admin.object_views import address
from articles.admin.preview_links import PreviewLinks
from articles.admin.publish_checks import GateAdmin
from articles.admin.references import ReferenceInline
from articles.admin.schedule import Plans, plan_words
from articles.models import (
    PARTS,
    Article,
    CalloutBlock,
    CallToActionBlock,
    DrawingBlock,
    ExerciseBlock,
    ImageBlock,
    MythBlock,
    QuestionBlock,
    QuoteBlock,
    StepsBlock,
    TextBlock,
    VideoBlock,
)
from articles.publish import publish, take_down
from articles.publish_checks import NotReady
from articles.versions import keep
from kneecare.clinic.clock import moment_words
from kneecare.publishing.admin.publishing import REVIEW, FrozenAdmin


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


@admin.register(Article)
class ArticleAdmin(  # type: ignore[misc] # Django joins the media of all of them
    GateAdmin,
    Versions,
    Plans,
    PreviewLinks,
    FrozenAdmin,
    ContentEditor,
):
    """Saving changes the working copy; publishing changes what patients read."""

    list_display = [
        "title",
        "author",
        "is_reviewed",
        "review_by",
        "is_published",
        "version",
        "plans",
    ]
    list_filter = ["published_at", PlannedFilter, "topics", "author", "reviewed_on"]
    list_select_related = ["author", "live_version", "scheduled_version"]
    search_fields = ["title", "summary"]
    autocomplete_fields = ["author", "reviewer", "topics", "related"]
    readonly_fields = ["state", "plans"]
    parts = PARTS
    pages = {**Versions.pages, **Plans.pages, **PreviewLinks.pages}
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
        ContentEditorInline.create(VideoBlock, icon="movie"),
        ContentEditorInline.create(
            ExerciseBlock,
            icon="fitness_center",
            autocomplete_fields=["exercise", "routine"],
        ),
        ContentEditorInline.create(StepsBlock, icon="format_list_numbered"),
        ContentEditorInline.create(MythBlock, icon="fact_check"),
        ContentEditorInline.create(QuestionBlock, icon="quiz"),
        ContentEditorInline.create(QuoteBlock, icon="format_quote"),
        ContentEditorInline.create(CallToActionBlock, icon="touch_app"),
        ReferenceInline,
    ]
    fieldsets = [
        (None, {"fields": ["title", "slug", "summary", "language", "topics"]}),
        REVIEW,
        ("You might also like", {"fields": ["related"]}),
        ("Publishing", {"fields": ["state", "plans"]}),
    ]

    @admin.display(description="planned")
    def plans(self, article):
        return plan_words(article)

    @admin.display(description="now")
    def state(self, article):
        if not article.is_published:
            return "Patients do not see this article."
        since = moment_words(article.published_at)
        return f"Patients read version {article.live_version.number}. Published on {since}."

    def keep(self, article, *, by):
        keep(article, by=by)

    def response_change(self, request, obj):
        if "_plan" in request.POST:
            return HttpResponseRedirect(address("plan", obj.pk))
        return super().response_change(request, obj)

    def publish(self, article, *, by, note):
        return publish(article, by=by, note=note)

    def withdraw(self, article, *, by):
        take_down(article, by=by)

    def tell_refusal(self, request, article, refusal):
        if isinstance(refusal, NotReady):
            self.tell_why_not(request, article, refusal)
        else:
            super().tell_refusal(request, article, refusal)
