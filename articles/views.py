from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles import structured_data
from articles.contents import minutes, with_anchors
from articles.models import Article, Topic
from articles.publishing import freeze
from articles.reading import shown_blocks

PER_PAGE = 12


@require_safe
def index(request):
    articles = Article.objects.published().with_topics().newest_first()
    context = {
        "page": Paginator(articles, PER_PAGE).get_page(request.GET.get("page")),
        "topics": Topic.objects.in_use(),
    }
    return render(request, "articles/index.html", context)


@require_safe
def detail(request, slug):
    article = get_object_or_404(Article.objects.published().with_related(), slug=slug)
    return render(
        request,
        "articles/detail.html",
        _context(article, article.live, article.related_rows),
    )


@require_safe
@never_cache
@staff_member_required
def preview(request, slug):
    """The working copy as it would be published."""
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    article = get_object_or_404(Article.objects.with_related(), slug=slug)
    context = _context(article, freeze(article), article.related_rows, is_preview=True)
    return render(request, "articles/detail.html", context)


def _context(article, publication, related, *, is_preview=False):
    shown = shown_blocks(publication, is_preview=is_preview)
    blocks, contents = with_anchors(shown)
    return {
        "is_preview": is_preview,
        "article": article,
        "publication": publication,
        "blocks": blocks,
        "contents": contents,
        "minutes": minutes(blocks),
        "related": sorted(related, key=lambda row: row["title"]),
        "structured_data": structured_data.medical_web_page(article, publication),
    }


@require_safe
def topic(request, slug):
    topic = get_object_or_404(Topic, slug=slug)
    articles = (
        Article.objects.published().with_topics().newest_first().filter(topics=topic)
    )
    page = Paginator(articles, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "articles/topic.html", {"topic": topic, "page": page})


@require_safe
def finder(request):
    """Where does it hurt: places on the knee, each with its topics and what there is to read."""
    articles = Prefetch(
        "articles", Article.objects.published().newest_first(), to_attr="shown_articles"
    )
    topics = list(Topic.objects.in_use().exclude(place="").prefetch_related(articles))
    sections = [
        {"place": place, "topics": [t for t in topics if t.place == place]}
        for place in Topic.Place
    ]
    context = {"places": Topic.Place, "sections": sections}
    return render(request, "articles/finder.html", context)
