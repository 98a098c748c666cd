"""An article as staff and their reviewers see it before patients do."""

from articles.freezing import freeze
from articles.models import Article
from articles.reading import addresses_now, addresses_of


def for_preview(article, publication=None):
    """``(article, publication, addresses)`` for the page of a stored version, or of the working copy.

    Articles and exercises that visitors may not see are left out here too: it is what would be published.
    """
    if publication:
        article = Article.objects.with_page(publication.pk).get(pk=article.pk)
        return article, publication, addresses_of(article)
    publication = freeze(article)
    article.topic_rows = list(article.topics.values("slug", "title", "place"))
    chosen = article.related.published().exclude(pk=article.pk)
    article.related_rows = [
        {"slug": each.slug, "title": each.live.title, "summary": each.live.summary}
        for each in chosen
    ]
    return article, publication, addresses_now(publication)
