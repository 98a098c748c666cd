"""Which pictures and videos published articles show."""

from articles.models import Article, ArticleFile
from kneecare.media.registry import shows_pictures, shows_videos


@shows_pictures
def in_articles(name):
    return Article.objects.published().filter(live_version__pictures__name=name)


@shows_videos("articles.view_article")
def videos_in_articles(name):
    return ArticleFile.objects.published().filter(name=name)
