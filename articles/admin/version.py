from django.contrib import admin
from django.utils.html import format_html

from articles.models import Article, ArticleVersion, SelfScore
from articles.readability.self_score import result
from kneecare.core.admin.urls import admin_url
from kneecare.publishing.admin.version import VersionAdmin


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
class ArticleVersionAdmin(VersionAdmin):
    list_display = ["page", "number", "made_at", "made_by_name", "note"]
    list_select_related = ["page"]
    search_fields = ["title", "note"]
    ordering = ["page", "-made_at", "-pk"]
    inlines = [SelfScoreInline]
    fields = [
        "page",
        "number",
        "title",
        "summary",
        "note",
        "made_at",
        "by",
        "history",
    ]

    @admin.display(description="made by")
    def by(self, version):
        return version.made_by_name or "the site"

    @admin.display(description="look at it, compare it, bring it back")
    def history(self, version):
        look = admin_url(Article, "look", version.page_id, version.pk)
        history = admin_url(Article, "history", version.page_id)
        pages = [(look, "Look at it"), (history, "History of the article")]
        links = [format_html('<a href="{}">{}</a>', *each) for each in pages]
        return format_html("{} · {}", *links)
