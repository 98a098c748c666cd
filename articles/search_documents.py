"""What articles are found by: what patients read, that is the live version."""

from articles.models import Article
from articles.rendering.footnotes import MARK
from kneecare.core.text.html import plain_text
from kneecare.search.sources import Page, source

# What a block says of itself rather than to a reader.
UNREAD = {"type", "tone", "url", "name", "id", "drawing", "width", "height", "target"}
READ_FIRST = ["title", "question", "html", "text"]


@source(Article, label="Article")
def article_page(article):
    live = article.live_version
    body = " ".join(filter(None, map(plain_text, _texts(live.blocks))))
    body = MARK.sub("", body)  # a number in brackets says nothing in a list
    return Page(article.get_absolute_url(), live.title, live.summary, body)


def _texts(value):
    """Every text in a block or a list of blocks, whatever kinds there are, in the order of the page."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        # The order of the names is the database's: PostgreSQL keeps another than SQLite.
        for name in sorted(value.keys() - UNREAD, key=_as_read):
            yield from _texts(value[name])
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _as_read(name):
    first = READ_FIRST.index(name) if name in READ_FIRST else len(READ_FIRST)
    return first, name
