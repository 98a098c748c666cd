from django.contrib import admin

from articles.models import ArticlePublication, SelfScore
from articles.self_score import result


class SelfScoreInline(admin.TabularInline):
    """How the text of this version was scored."""

    model = SelfScore
    fields = ["score", "made_by", "made_at"]
    readonly_fields = ["score", "made_by", "made_at"]
    extra = 0
    can_delete = False

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("articles.view_articlepublication")

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description="score")
    def score(self, score):
        return result(score)


@admin.register(ArticlePublication)
class ArticlePublicationAdmin(admin.ModelAdmin):
    """What patients have read, version by version: to look at, never to change."""

    list_display = ["article", "number", "made_at", "made_by"]
    list_filter = ["made_at"]
    list_select_related = ["article", "made_by"]
    search_fields = ["title"]
    date_hierarchy = "made_at"
    inlines = [SelfScoreInline]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
