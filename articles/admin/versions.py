"""The history of an article: its versions, what was done with them, what changed between any two, and the way back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from articles.admin.pages import ArticlePages, address
from articles.admin.plans import plan_words
from articles.comparing import compare
from articles.freezing import freeze
from articles.models import ArticlePublication
from articles.page import render_preview
from articles.refusals import Refused
from articles.restoring import restore
from kneecare.clinic.clock import on_clinic_clock

PER_PAGE = 50
WORKING_COPY = "now"
HEAVY = ["blocks", "rendered", "cards", "structured_data", "search_text", "source"]


class Versions(ArticlePages):
    pages = {
        "compare/": "compare",
        "versions/<int:version_pk>/": "look",
        "versions/<int:version_pk>/restore/": "restore",
    }

    @on_clinic_clock
    def history_view(self, request, object_id, extra_context=None):
        """In the place of Django's own list of changes, which knows nothing of versions."""
        pk = int(object_id) if object_id.isascii() and object_id.isdigit() else 0
        article = self.get_row(request, pk)
        versions = _versions(article).defer(*HEAVY).prefetch_related("events")
        context = {
            "page": Paginator(versions, PER_PAGE).get_page(request.GET.get("page")),
            "events": article.events.select_related("publication")[:PER_PAGE],
            "plan_words": plan_words(article),
        }
        return self.page(request, article, "history", **context)

    def compare(self, request, pk):
        article = self.get_row(request, pk)
        old, new = [
            self._chosen(article, request.GET.get(name)) for name in ["old", "new"]
        ]
        found = compare(old, new)
        return self.page(request, article, "compare", old=old, new=new, found=found)

    def look(self, request, pk, version_pk):
        """How a version looks, or looked, to patients."""
        article = self.get_row(request, pk)
        version = get_object_or_404(article.publications, pk=version_pk)
        note = (
            f"{version.label.capitalize()}, from the history. Only staff see this page."
        )
        return render_preview(request, article, note, version)

    def restore(self, request, pk, version_pk):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        article = self.get_row(request, pk, to_change=True)
        version = get_object_or_404(article.publications, pk=version_pk)
        try:
            lost = restore(version, by=request.user)
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(address("history", article.pk))
        told = f"The working copy is {version.label} again. Patients read what they read before."
        self.message_user(request, told, messages.SUCCESS)
        if lost:
            gone = f"Left out, as it no longer exists: {', '.join(lost)}."
            self.message_user(request, gone, messages.WARNING)
        return HttpResponseRedirect(address("change", article.pk))

    def _chosen(self, article, name):
        """The version that an address names by its key, or the working copy as it is now."""
        if name == WORKING_COPY:
            return freeze(article)
        if not (name and name.isascii() and name.isdigit()):
            raise Http404
        return get_object_or_404(article.publications, pk=int(name))


def _versions(article):
    kept = ArticlePublication.objects.kept().values("pk")
    shown = Q(number__isnull=False) | Q(pk__in=kept)
    return article.publications.filter(shown).order_by("-made_at", "-pk")
