from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.finder import topics_for_finder
from articles.models import Article, Topic
from articles.preview_links import LinkEnded, read_link
from articles.rendering import structured_data
from articles.rendering.blocks import slugs_of
from articles.rendering.page import page_context, render_preview
from articles.rendering.share_picture import share_picture
from kneecare.clinic.context_processors import clinic_of
from kneecare.core.admin.urls import admin_url
from kneecare.stored.decorators import may_be_stored, page_of

PER_PAGE = 12


@require_safe
@may_be_stored
def index(request):
    articles = Article.objects.published().with_topics().newest_first()
    context = {
        "page": page_of(request, articles, PER_PAGE),
        "topics": Topic.objects.in_use(),
    }
    return render(request, "articles/index.html", context)


@require_safe
@may_be_stored
def detail(request, slug):
    article = get_object_or_404(Article.objects.published().with_page(), slug=slug)
    context = page_context(article, article.live_version, slugs_of(article))
    data = structured_data.medical_web_page(article, article.live_version)
    return render(request, "articles/detail.html", {**context, "structured_data": data})


@require_safe
@never_cache
@staff_member_required
def preview(request, slug):
    """The draft as it would be published."""
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    article = get_object_or_404(Article, slug=slug)
    note = "Preview. Patients do not see this until you publish it."
    return render_preview(request, article, note, edit_url=admin_url(article))


@require_safe
@never_cache
def shared_preview(request, token):
    """The same for somebody without an account, as long as their link lasts."""
    try:
        article = Article.objects.get(pk=read_link(token))
    except BadSignature as error:
        raise Http404 from error
    except LinkEnded:
        response = render(request, "articles/preview_ended.html", status=410)
    else:
        note = "Preview, not published. Please do not pass this link on."
        response = render_preview(request, article, note)
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def picture(request, slug):
    """What stands beside a link to the article where somebody shares it."""
    article = get_object_or_404(Article.objects.published().with_topics(), slug=slug)
    png = share_picture(
        article.live_version, place=article.place, clinic=clinic_of(request)
    )
    headers = {"Cache-Control": "public, no-cache"}
    return HttpResponse(png, content_type="image/png", headers=headers)


@require_safe
@may_be_stored
def topic(request, slug):
    topic = get_object_or_404(Topic, slug=slug)
    articles = Article.objects.published().about(topic).with_topics().newest_first()
    page = page_of(request, articles, PER_PAGE)
    context = {"topic": topic, "page": page}
    context["structured_data"] = structured_data.topic_page(topic)
    return render(request, "articles/topic.html", context)


@require_safe
@may_be_stored
def finder(request):
    """Where does it hurt: places on the knee, what fits, and what to read and do. Nothing is asked for, nothing is kept."""
    topics = topics_for_finder()
    sections = [
        {"place": place, "topics": [t for t in topics if t.place == place]}
        for place in Topic.Place
    ]
    general = [topic for topic in topics if not topic.place]
    context = {"places": Topic.Place, "sections": sections, "general": general}
    return render(request, "articles/finder.html", context)
