"""The page of an article, for patients, and before them for staff and their reviewers."""

from django.db.models import Q
from django.shortcuts import render

from articles.models import Article, ArticleVersion
from articles.models.article import RELATED
from articles.rendering import footnotes
from articles.rendering.blocks import shown_blocks, slugs_now, slugs_of
from articles.rendering.share_picture import HEIGHT, WIDTH
from articles.rendering.table_of_contents import minutes, with_anchors
from kneecare.core.structured_data import absolute


def page_context(article, version, slugs, *, is_preview=False):
    blocks, contents = with_anchors(
        shown_blocks(version, slugs, is_preview=is_preview),
        len(version.references),
    )
    return {
        "article": article,
        "version": version,
        "blocks": blocks,
        "contents": contents,
        "references": footnotes.listed(version.references, blocks),
        "minutes": minutes(blocks),
        "share_picture": {"width": WIDTH, "height": HEIGHT},
        "related": article.related_rows,
    }


def render_preview(request, article, note, version=None, *, edit_url=""):
    """A page that no patient reads: the draft, or a stored ``version`` of it."""
    article, version, slugs = for_preview(article, version)
    context = page_context(article, version, slugs, is_preview=True)
    context |= {"is_preview": True, "preview_note": note, "edit_url": edit_url}
    # On paper too stands the address that the page will have, and never a link that opens it now.
    context["canonical_url"] = absolute(article.get_absolute_url())
    response = render(request, "articles/detail.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def for_preview(article, version=None):
    """``(article, version, slugs)`` for the page of a stored version, or of the draft.

    Articles and exercises that visitors may not see are left out here too: it is what would be published.
    """
    if version:
        article = Article.objects.with_page(version.pk).get(pk=article.pk)
        return article, version, slugs_of(article)
    version = ArticleVersion.of(article)
    article.topic_rows = list(
        article.topics.values("slug", "title", "place", "drawing")
    )
    others = Article.objects.published().exclude(pk=article.pk)
    chosen = others.filter(suggested_by=article)
    alike = others.exclude(suggested_by=article)
    alike = alike.most_alike(Q(live_version__topics__in=article.topics.all()))
    article.chosen_rows = [_row(each) for each in chosen]
    alike = alike.order_by("rank")[:RELATED]
    article.alike_rows = [{**_row(each), "rank": each.rank} for each in alike]
    return article, version, slugs_now(version)


def _row(article):
    live = article.live_version
    return {"slug": article.slug, "title": live.title, "summary": live.summary}
