from articles.admin.object_views import ArticlePages
from articles.admin.schedule import plan_words
from articles.diff import compare
from articles.page import render_preview
from articles.restoring import restore
from articles.versions import freeze
from kneecare.publishing.admin.history import PER_PAGE, VersionPages

HEAVY = ["blocks", "rendered", "cards", "structured_data", "search_text", "source"]


class Versions(VersionPages, ArticlePages):
    """The history of an article: its versions, and what was done with them."""

    def listed_versions(self, article):
        found = super().listed_versions(article).defer(*HEAVY)
        return found.prefetch_related("events")

    def happenings(self, article):
        events = article.events.select_related("version")[:PER_PAGE]
        return {"events": events, "plan_words": plan_words(article)}

    def difference(self, article, old, new):
        found = compare(old or freeze(article), new or freeze(article))
        return {"rows": found["fields"], "parts": found["parts"]}

    def preview(self, request, article, version, note):
        return render_preview(request, article, note, version)

    def bring_back(self, version, *, by):
        return restore(version, by=by)
