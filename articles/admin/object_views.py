from functools import partial

from articles.models import Article
from kneecare.publishing.admin import object_views

address = partial(object_views.address, Article)


class ArticlePages(object_views.OwnPages):
    """What the pages of an article in the admin share, besides its form."""

    pages_related = ["live_version", "planned", "saved_by"]
