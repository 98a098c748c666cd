"""What articles are found by: what patients read, that is the live publication."""

from articles.models import Article
from kneecare.search.plain_text import of_blocks
from kneecare.search.sources import Page, source


@source(Article, label="Article")
def article_page(article):
    live = article.live
    return Page(
        article.get_absolute_url(), live.title, live.summary, of_blocks(live.blocks)
    )
