"""Every URL that a search engine may show; QuerySets are made per request, so "now" is now."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from articles.models import Article, Topic
from articles.rendering.structured_data import picture_urls
from exercises.models import Exercise, Routine
from exercises.rendering.structured_data import picture_urls as pictures_of_exercise
from kneecare.clinic.models import Program


class SiteSitemap(Sitemap):
    protocol = settings.SITE.scheme

    def get_domain(self, site=None):
        return settings.SITE.netloc


class PageSitemap(SiteSitemap):
    names = [
        "home",
        "articles:index",
        "finder",
        "help",
        "exercises:index",
        "routines:index",
        "book",
        "contact",
        "about",
        "privacy",
    ]

    def items(self):
        return self.names

    def location(self, item):
        return reverse(item)


class TopicSitemap(SiteSitemap):
    def items(self):
        return Topic.objects.in_use()


class PublishedSitemap(SiteSitemap):
    """The published rows of one model; the day of what has versions is that of the live one.

    ``pictures_of`` gives the URLs of a row's pictures.
    """

    def __init__(self, model, pictures_of=lambda row: []):
        self.model, self.pictures_of = model, pictures_of

    def items(self):
        return self.model.objects.published().order_by("pk")

    def lastmod(self, item):
        return (
            item.live_version.made_at
            if hasattr(item, "live_version")
            else item.updated_at
        )

    def get_urls(self, *args, **kwargs):
        return [
            {**url, "pictures": self.pictures_of(url["item"])}
            for url in super().get_urls(*args, **kwargs)
        ]


class ArticleSitemap(PublishedSitemap):
    def items(self):
        return Article.objects.published().newest_first()


SITEMAPS = {
    "pages": PageSitemap,
    "articles": ArticleSitemap(Article, lambda row: picture_urls(row.live_version)),
    "topics": TopicSitemap,
    "exercises": PublishedSitemap(
        Exercise, lambda row: pictures_of_exercise(row.shown)
    ),
    "routines": PublishedSitemap(Routine),
    "programs": PublishedSitemap(Program),
}
