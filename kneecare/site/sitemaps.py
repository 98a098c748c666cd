"""Every address that a search engine may show; QuerySets are made per request, so "now" is now."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from articles.models import Article, Topic
from articles.structured_data import picture_addresses
from exercises.models import Exercise, Routine
from exercises.structured_data import picture_addresses as pictures_of_exercise
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


class ArticleSitemap(SiteSitemap):
    def items(self):
        return Article.objects.published().newest_first()

    def lastmod(self, item):
        return item.live.made_at

    def get_urls(self, *args, **kwargs):
        """Each address with those of its pictures, as ``pictures``."""
        return [
            {**url, "pictures": picture_addresses(url["item"].live)}
            for url in super().get_urls(*args, **kwargs)
        ]


class ExerciseSitemap(SiteSitemap):
    def items(self):
        return Exercise.objects.published().order_by("pk")

    def lastmod(self, item):
        return item.live.made_at

    def get_urls(self, *args, **kwargs):
        """Each address with those of its pictures, as ``pictures``."""
        return [
            {**url, "pictures": pictures_of_exercise(url["item"].shown)}
            for url in super().get_urls(*args, **kwargs)
        ]


class TopicSitemap(SiteSitemap):
    def items(self):
        return Topic.objects.in_use()


class PublishedSitemap(SiteSitemap):
    """The published rows of one model; the day of what is frozen is that of its publication."""

    def __init__(self, model):
        self.model = model

    def items(self):
        return self.model.objects.published().order_by("pk")

    def lastmod(self, item):
        return item.live.made_at if hasattr(item, "live") else item.updated_at


SITEMAPS = {
    "pages": PageSitemap,
    "articles": ArticleSitemap,
    "topics": TopicSitemap,
    "exercises": ExerciseSitemap,
    "routines": PublishedSitemap(Routine),
    "programs": PublishedSitemap(Program),
}
