from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed

from articles.models import Article
from kneecare.clinic.models import Clinic
from kneecare.core.structured_data import absolute

NEWEST = 20


class ArticleFeed(Feed):
    feed_type = Atom1Feed
    link = "/articles/"

    def title(self):
        return f"{Clinic.objects.current()}: articles"

    def feed_url(self):
        return absolute("/feeds/articles/")

    def items(self):
        return Article.objects.published().newest_first()[:NEWEST]

    def item_title(self, item):
        return item.live.title

    def item_description(self, item):
        return item.live.summary

    def item_link(self, item):
        return absolute(item.get_absolute_url())

    def item_author_name(self, item):
        return item.live.author.name

    def item_pubdate(self, item):
        return item.published_at

    def item_updateddate(self, item):
        return item.live.made_at
