from django.contrib import admin
from django.utils.html import format_html

from articles.admin.object_views import address
from articles.models import ArticleVersion, SelfScore
from articles.readability.self_score import result
from kneecare.core.admin import ReadOnlyAdmin
from kneecare.publishing.admin.object_views import OnClinicClock


class SelfScoreInline(admin.TabularInline):
    """How the text of this version was scored."""

    model = SelfScore
    fields = ["score", "made_by", "made_at"]
    readonly_fields = ["score", "made_by", "made_at"]
    extra = 0
    can_delete = False

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("articles.view_articleversion")

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description="score")
    def score(self, score):
        return result(score)


@admin.register(ArticleVersion)
class ArticleVersionAdmin(OnClinicClock, ReadOnlyAdmin):
    """What was made for patients, version by version: to look at, never to change."""

    list_display = ["article", "number", "made_at", "made_by_name", "note"]
    list_filter = ["made_at"]
    list_select_related = ["article"]
    search_fields = ["title", "note"]
    date_hierarchy = "made_at"
    inlines = [SelfScoreInline]
    fields = [
        "article",
        "number",
        "title",
        "summary",
        "note",
        "made_at",
        "by",
        "history",
    ]

    def get_queryset(self, request):
        return ArticleVersion.objects.numbered()

    @admin.display(description="made by")
    def by(self, version):
        return version.made_by_name or "the site"

    @admin.display(description="look at it, compare it, bring it back")
    def history(self, version):
        pages = [
            (address("look", version.article_id, version.pk), "Look at it"),
            (address("history", version.article_id), "History of the article"),
        ]
        links = [format_html('<a href="{}">{}</a>', *each) for each in pages]
        return format_html("{} · {}", *links)
