from content_editor.admin import ContentEditor, ContentEditorInline
from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse

from articles.admin.gate import GateAdmin
from articles.admin.links import PreviewLinks
from articles.admin.pages import address
from articles.admin.plans import Plans, plan_words
from articles.admin.references import ReferenceInline
from articles.admin.saving import SafeSaving
from articles.admin.versions import Versions
from articles.gate import NotReady
from articles.models import (
    Article,
    ArticlePublication,
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
from articles.publishing import publish, take_down
from articles.refusals import Refused
from kneecare.clinic.clock import moment_words, on_clinic_clock
from kneecare.core.admin import AddressedAdmin, EditorAdmin
from kneecare.search.indexed_admin import IndexedAdmin


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
    SafeSaving,
    Versions,
    Plans,
    PreviewLinks,
    AddressedAdmin,
    IndexedAdmin,
    EditorAdmin,
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
    list_select_related = ["author", "live", "planned"]
    search_fields = ["title", "summary"]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["author", "reviewer", "topics", "related"]
    readonly_fields = ["state", "plans"]
    date_hierarchy = "published_at"
    actions = ["publish_now", "take_down"]
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
        (
            "Review",
            {
                "description": "While no review is given, the page says that the clinical review is pending.",
                "fields": ["author", "reviewer", "reviewed_on", "review_by"],
            },
        ),
        ("You might also like", {"fields": ["related"]}),
        ("Publishing", {"fields": ["state", "plans"]}),
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

    @admin.display(description="planned")
    def plans(self, article):
        return plan_words(article)

    @admin.display(description="now")
    def state(self, article):
        if not article.is_published:
            return "Patients do not see this article."
        since = moment_words(article.published_at)
        return f"Patients read version {article.live.number}. Published on {since}."

    def view_on_site(self, article):
        if article.is_published:
            return article.get_absolute_url()
        return reverse("articles:preview", args=[article.slug])

    def get_deleted_objects(self, objs, request):
        """A draft takes along what was kept of it; what was ever live is protected, and is taken down instead."""
        rows, counts, missing, protected = super().get_deleted_objects(objs, request)
        versions = str(ArticlePublication._meta.verbose_name)
        return rows, counts, missing - {versions}, protected

    @on_clinic_clock
    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, extra_context)

    def response_change(self, request, obj):
        if "_publish" in request.POST:
            self._publish(request, obj, note=request.POST.get("note", "").strip()[:200])
            return HttpResponseRedirect(request.path)
        if "_takedown" in request.POST:
            self._take_down(request, obj)
            return HttpResponseRedirect(request.path)
        if "_plan" in request.POST:
            return HttpResponseRedirect(address("plan", obj.pk))
        if "_preview" in request.POST:
            return HttpResponseRedirect(reverse("articles:preview", args=[obj.slug]))
        return super().response_change(request, obj)

    def _publish(self, request, article, *, note=""):
        try:
            publication = publish(article, by=request.user, note=note)
        except NotReady as not_ready:
            self.tell_why_not(request, article, not_ready)
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.WARNING)
        else:
            told = f"Published as version {publication.number}."
            self.message_user(request, told, messages.SUCCESS)

    @admin.action(
        description="Publish the selected articles now", permissions=["change"]
    )
    def publish_now(self, request, queryset):
        for article in queryset:
            self._publish(request, article)

    @admin.action(description="Take the selected articles down", permissions=["change"])
    def take_down(self, request, queryset):
        for article in queryset:
            self._take_down(request, article)

    def _take_down(self, request, article):
        try:
            take_down(article, by=request.user)
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.WARNING)
        else:
            told = f"“{article}” is taken down. Visitors no longer see it."
            self.message_user(request, told, messages.SUCCESS)
