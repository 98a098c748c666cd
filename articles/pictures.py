from articles.models import Article
from kneecare.core.pictures.shown import shows_pictures


@shows_pictures
def in_articles(name):
    return Article.objects.published().filter(live__pictures__name=name)
