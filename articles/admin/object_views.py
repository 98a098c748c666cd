from functools import partial

from articles.models import Article
from kneecare.clinic import admin_pages

address = partial(admin_pages.address, Article)


class ArticlePages(admin_pages.OwnPages):
    """What the pages of an article in the admin share, besides its form."""

    pages_related = ["live", "planned", "saved_by"]
