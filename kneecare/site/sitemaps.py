"""Every URL that a search engine may show; QuerySets are made per request, so "now" is now."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem
from django.db.models import Max
from django.urls import reverse

from articles.models import Article, Topic
from articles.rendering import structured_data as article_data
from exercises.models import Exercise, Routine
from exercises.rendering import structured_data as exercise_data
from exercises.snapshots import ExerciseSnapshot
from kneecare.clinic.models import Program
from kneecare.core.structured_data import absolute


class SiteSitemap(Sitemap):
    protocol = settings.SITE.scheme
    # Of the 50,000 that are allowed: each part is made anew after a change.
    limit = 1000

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
    """The published rows of one model that has no versions."""

    changed = "updated_at"

    def __init__(self, model):
        self.model = model

    def items(self):
        return self.model.objects.published().order_by("pk")

    def lastmod(self, item):
        return item.updated_at

    def get_latest_lastmod(self):
        """Of all rows, and not of those of a page: Django would read each."""
        rows = self.model.objects.published().order_by()
        return rows.aggregate(at=Max(self.changed))["at"]


class VersionedSitemap(PublishedSitemap):
    """The published pages of one kind; ``pictures_of`` gives the absolute URLs of the pictures in a version."""

    changed = "live_version__made_at"

    def __init__(self, model, pictures_of=None):
        super().__init__(model)
        self.pictures_of = pictures_of

    def items(self):
        # Without the whole text, of which nothing is shown.
        return super().items().defer("live_version__data", "live_version__source")

    def lastmod(self, item):
        return item.live_version.made_at

    def get_urls(self, *args, **kwargs):
        urls = super().get_urls(*args, **kwargs)
        pictured = self._pictured([url["item"].live_version_id for url in urls])
        return [
            {**url, "pictures": pictured.get(url["item"].live_version_id, [])}
            for url in urls
        ]

    def _pictured(self, keys):
        """The URLs of pictures by the key of the version: its text is read where it has any."""
        if not self.pictures_of:
            return {}
        versions = self.model.version_model().objects
        rows = versions.filter(pk__in=keys, pictures__isnull=False).distinct()
        return {row.pk: self.pictures_of(row) for row in rows}


def _pictures_of_exercise(version):
    return exercise_data.picture_urls(ExerciseSnapshot.from_data(version.data))


# How to make each: one that was kept would remember the last change of rows that are gone.
SITEMAPS: dict[str, Any] = {
    "pages": PageSitemap,
    "articles": partial(VersionedSitemap, Article, article_data.picture_urls),
    "topics": TopicSitemap,
    "exercises": partial(VersionedSitemap, Exercise, _pictures_of_exercise),
    "routines": partial(VersionedSitemap, Routine),
    "programs": partial(PublishedSitemap, Program),
}


def parts(name):
    """The addresses of the pages of one of the ``SITEMAPS``, as items of the index."""
    section = SITEMAPS[name]()
    address = absolute(reverse("sitemap_section", args=[name]))
    changed = section.get_latest_lastmod()
    pages = section.paginator.page_range
    queries = ["" if number == 1 else f"?p={number}" for number in pages]
    return [SitemapIndexItem(f"{address}{query}", changed) for query in queries]
