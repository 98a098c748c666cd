"""The links of an article, and asking those to other sites: by the worker, never while somebody waits."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from django.conf import settings
from django.db.models import URLField
from django.utils import timezone

from articles.draft_text import DraftText
from articles.models import Article, ExternalLink
from articles.models.external_link import GONE, MAX_URL
from kneecare.core.outbound.link_checker import check_all
from kneecare.core.structured_data import absolute

BATCH = 10  # asked at once
OUR_HOSTS = {settings.SITE.hostname}


@dataclass(frozen=True)
class Link:
    row: Any
    field: str
    href: str
    url: str  # absolute, without its fragment
    fragment: str
    is_on_this_page: bool

    @property
    def is_web(self):
        return urlsplit(self.url).scheme in {"http", "https"}

    @property
    def is_ours(self):
        return self.is_web and urlsplit(self.url).hostname in OUR_HOSTS

    @property
    def is_elsewhere(self):
        return self.is_web and not self.is_ours

    @property
    def leads_on(self):
        return self.is_web or urlsplit(self.url).scheme in {"mailto", "tel"}

    @property
    def path(self):
        return urlsplit(self.url).path


def links_of(draft):
    """Every link in the formatted texts of a draft, and every address in its blocks and references."""
    base = absolute(draft.article.get_absolute_url())
    in_texts = [
        _link(text.block, text.field, href, base)
        for text in draft.texts
        for href in text.outline.links
    ]
    in_fields = [
        _link(row, field.name, address, base)
        for row in [*draft.blocks, *draft.references]
        for field in row._meta.concrete_fields
        if isinstance(field, URLField) and (address := getattr(row, field.name))
    ]
    return in_texts + in_fields


def _link(row, field, href, base):
    try:
        url, fragment = urldefrag(urljoin(base, href.strip()))
        urlsplit(url).port  # noqa: B018 - refuses what is no number
    except ValueError:
        url, fragment = "", ""
    return Link(row, field, href, url, fragment, is_on_this_page=url == base)


def remember(article):
    """Put the article's links to other sites on the list that the worker asks."""
    found = {link.url for link in links_of(DraftText(article)) if link.is_elsewhere}
    known = ExternalLink.objects.filter(url__in=found).values_list("url", flat=True)
    new = sorted(url for url in found.difference(known) if len(url) <= MAX_URL)
    rows = [ExternalLink(url=url) for url in new]
    ExternalLink.objects.bulk_create(rows, ignore_conflicts=True)
    return found


def sweep():
    """Bring the list up to date with all articles: what nobody links to any more is forgotten."""
    used = set()
    for article in Article.objects.iterator(chunk_size=100):
        used |= remember(article)
    for link in ExternalLink.objects.iterator():
        if link.url not in used:
            link.delete()


def check_due():
    """Ask the links that are due, at most ``BATCH`` at once. Several workers may do so."""
    links = list(ExternalLink.objects.claim_each(BATCH))
    answers = check_all([link.url for link in links])
    for link in links:
        _write(link, answers[link.url])


def _write(link, answer):
    now = timezone.now()
    link.status = answer.status
    if answer.status in GONE:
        link.times_gone += 1
    elif answer.status is not None:
        link.times_gone = 0
    link.settle(
        status=link.status,
        last_error=answer.problem,
        times_gone=link.times_gone,
        checked_at=now,
        next_attempt_at=now + link.wait(),
    )
