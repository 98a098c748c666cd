from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles import footnotes, structured_data
from articles.contents import minutes, with_anchors
from articles.models import Article, PublicationFile, Topic
from articles.models.blocks.video import FOLDER
from articles.publishing import freeze
from articles.reading import shown_blocks
from articles.share_picture import HEIGHT, WIDTH, share_picture
from kneecare.clinic.context_processors import clinic_of
from kneecare.core.ranges import part_of_file

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
    context = _context(article, freeze(article), article.related_rows)
    return render(request, "articles/detail.html", {**context, "is_preview": True})


def _context(article, publication, related):
    blocks, contents = with_anchors(
        shown_blocks(publication), len(publication.references)
    )
    return {
        "article": article,
        "publication": publication,
        "blocks": blocks,
        "contents": contents,
        "references": footnotes.listed(publication.references, blocks),
        "minutes": minutes(blocks),
        "share_picture": {"width": WIDTH, "height": HEIGHT},
        "related": sorted(related, key=lambda row: row["title"]),
        "structured_data": structured_data.medical_web_page(article, publication),
    }


@require_safe
def picture(request, slug):
    """What stands beside a link to the article where somebody shares it."""
    article = get_object_or_404(Article.objects.published().with_topics(), slug=slug)
    png = share_picture(article.live, place=article.place, clinic=clinic_of(request))
    headers = {"Cache-Control": "public, no-cache"}
    return HttpResponse(png, content_type="image/png", headers=headers)


@require_safe
def topic(request, slug):
    topic = get_object_or_404(Topic, slug=slug)
    articles = (
        Article.objects.published().with_topics().newest_first().filter(topics=topic)
    )
    page = Paginator(articles, PER_PAGE).get_page(request.GET.get("page"))
    context = {"topic": topic, "page": page}
    context["structured_data"] = structured_data.topic_page(topic)
    return render(request, "articles/topic.html", context)


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


@require_safe
def video_file(request, name):
    """A video, its still picture or its captions: for everybody while an article that shows it is published."""
    path = f"{FOLDER}/{name}"
    is_public = PublicationFile.objects.published().filter(name=path).exists()
    may_see = is_public or request.user.has_perm("articles.view_article")
    if not may_see or not default_storage.exists(path):
        raise Http404
    response = part_of_file(request, default_storage.open(path), path)
    # A copy is shown only once the site has said again that it may be.
    response["Cache-Control"] = "public, no-cache" if is_public else "private, no-store"
    return response
