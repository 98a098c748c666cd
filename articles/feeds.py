import re

import nh3
from django.conf import settings
from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed

from articles.models import Article
from articles.rendering.blocks import full_text, slugs_of
from kneecare.clinic.models import Clinic
from kneecare.core.structured_data import absolute, language_tag
from kneecare.core.text.characters import printable

NEWEST = 20


def _own(tag, name, value):
    """``value`` of an attribute, unless it is the address of a picture that is not ours."""
    return value if name != "src" or value.startswith("/") else None


# What readers of feeds show; drawings, players and ids stay on the page.
CLEANER = nh3.Cleaner(
    tags={
        *["h2", "h3", "p", "br", "ul", "ol", "li", "dl", "dt", "dd", "a", "strong"],
        *["table", "tbody", "tr", "td", "th"],
        *["em", "sup", "sub", "blockquote", "figure", "figcaption", "img", "details", "summary"],
    },
    attributes={"a": {"href"}, "img": {"src", "alt", "width", "height"},
        "ol": {"start", "type"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}},
    clean_content_tags={"script", "style", "svg", "video"},
    attribute_filter=_own,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)  # fmt: skip
OWN = re.compile(r'(?<=\s)(href|src)="(/[^"]*|#[^"]*)"')


class FullTextFeed(Atom1Feed):
    """Atom whose entries hold the whole text; one character that XML forbids would cost every reader the whole feed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*printable(args), **printable(kwargs))

    def add_item(self, *args, **kwargs):
        super().add_item(*printable(args), **printable(kwargs))

    def item_attributes(self, item):
        return {**super().item_attributes(item), "xml:lang": item["language"]}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


class ArticleFeed(Feed):
    feed_type = FullTextFeed
    language = language_tag(settings.LANGUAGE_CODE)

    def title(self):
        return f"{Clinic.objects.current()}: articles"

    def link(self):
        """By the site's own name: it is what readers know a feed by, whichever name was asked."""
        return absolute("/articles/")

    def feed_url(self):
        return absolute("/feeds/articles/")

    def items(self):
        return Article.objects.published().with_embedded().newest_first()[:NEWEST]

    def item_title(self, item):
        return item.live_version.title

    def item_description(self, item):
        return item.live_version.summary

    def item_link(self, item):
        return absolute(item.get_absolute_url())

    def item_guid(self, item):
        """The same for as long as the article is there, whatever its slug (RFC 4151): readers show no entry twice."""
        return f"tag:{settings.SITE.hostname},2026:articles/{item.pk}"

    def item_author_name(self, item):
        return item.live_version.author.name

    def item_pubdate(self, item):
        return item.published_at

    def item_updateddate(self, item):
        return item.live_version.made_at

    def item_extra_kwargs(self, item):
        return {
            "content": body(item),
            "language": language_tag(item.live_version.language),
        }


def body(article):
    """The text of a published article as a feed holds it: plain elements, whole addresses."""
    page = absolute(article.get_absolute_url())

    def whole(found):
        name, url = found.groups()
        return f'{name}="{page + url if url.startswith("#") else absolute(url)}"'

    return OWN.sub(
        whole, CLEANER.clean(full_text(article.live_version, slugs_of(article)))
    )
