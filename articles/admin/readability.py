"""Help to write plainly, on a page of its own: the text with its marks, and the two self-score forms."""

from collections import Counter

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst

from articles.draft_text import WorkingCopy
from articles.models import Article
from articles.readability import self_score
from articles.readability.forms import SelfScoreForm
from articles.readability.help import GOAL, LONGEST, ReadingHelp


class ReadingAdmin(admin.ModelAdmin):
    def get_urls(self):
        view = self.admin_site.admin_view
        ours = [
            path(
                "<int:pk>/reading/",
                view(self.reading),
                name="articles_article_reading",
            ),
            path(
                "<int:pk>/self-score/<str:kind>/",
                view(self.self_score),
                name="articles_article_self_score",
            ),
        ]
        return ours + super().get_urls()

    def reading(self, request, pk):
        article = get_object_or_404(Article, pk=pk)
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        reading = ReadingHelp(WorkingCopy(article))
        context = {
            **self.admin_site.each_context(request),
            "title": "Reading help",
            "article": article,
            "reading": reading,
            "passages": _passages(article, reading),
            "scores": _scores(article),
            "forms": _forms(article) if self._may_score(request, article) else [],
            "goal": GOAL,
            "longest": LONGEST,
            "words_url": _words_url(request.user),
        }
        template = "admin/articles/article/readability.html"
        return TemplateResponse(request, template, context)

    def self_score(self, request, pk, kind):
        article = get_object_or_404(Article, pk=pk)
        if not self._may_score(request, article):
            raise PermissionDenied
        if kind not in self_score.INSTRUMENTS:
            raise Http404
        form = SelfScoreForm(request.POST or None, kind=kind)
        if form.is_valid():
            score = self_score.keep(article, kind, form.answers(), by=request.user)
            self.message_user(request, self_score.result(score), messages.SUCCESS)
            url = reverse("admin:articles_article_reading", args=[article.pk])
            return HttpResponseRedirect(url)
        context = {
            **self.admin_site.each_context(request),
            "title": f"{form.instrument.name}: {article.title}",
            "article": article,
            "instrument": form.instrument,
            "form": form,
        }
        template = "admin/articles/article/self_score.html"
        return TemplateResponse(request, template, context)

    def _may_score(self, request, article):
        may_add = request.user.has_perm("articles.add_selfscore")
        return may_add and self.has_change_permission(request, article)


def _passages(article, reading):
    """Each passage with its name and the address of its field."""
    form = reverse("admin:articles_article_change", args=[article.pk])
    places: Counter[str] = Counter()
    prefixes = {}
    for block in reading.copy.blocks:
        kind = f"articles_{block._meta.model_name}_set"
        prefixes[block] = f"{kind}-{places[kind]}-"
        places[kind] += 1
    return [
        {
            "name": _name(passage),
            "url": f"{form}#id_{prefixes.get(passage.row, '')}{passage.field}",
            "sentences": passage.sentences,
        }
        for passage in reading.passages
    ]


def _name(passage):
    options = passage.row._meta
    field = capfirst(str(options.get_field(passage.field).verbose_name))
    kind = capfirst(str(options.verbose_name))
    return field if passage.field == "summary" or field == kind else f"{kind}: {field}"


def _scores(article):
    now = self_score.digest(article)
    return [
        {
            "score": score,
            "result": self_score.result(score),
            "is_current": score.text_digest == now,
        }
        for score in article.self_scores.select_related("made_by", "version")
    ]


def _forms(article):
    return [
        {
            "name": instrument.name,
            "url": reverse(
                "admin:articles_article_self_score", args=[article.pk, kind]
            ),
        }
        for kind, instrument in self_score.INSTRUMENTS.items()
    ]


def _words_url(user):
    if user.has_perm("articles.change_plainword"):
        return reverse("admin:articles_plainword_changelist")
    return ""
