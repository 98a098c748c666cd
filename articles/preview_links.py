"""Links by which somebody without an account reads the draft of one article, for some days."""

from datetime import timedelta

from django.core import signing
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from kneecare.core.structured_data import absolute
from kneecare.publishing.publish import Action, record

DAYS = [1, 7, 30]
PURPOSE = "articles.preview"


class LinkEnded(Exception):
    """The link was a true one; its time is over, or staff ended it."""


def make_link(article, *, days, by):
    """A whole address that shows the draft of ``article`` for ``days`` days from now."""
    ends_at = timezone.now() + timedelta(days=days)
    facts = [article.pk, article.preview_round, int(ends_at.timestamp())]
    token = signing.dumps(facts, salt=PURPOSE)
    record(article, Action.LINK_MADE, by=by, due_at=ends_at)
    return absolute(reverse("shared_preview", args=[token])), ends_at


def read_link(token):
    """The key of the article that ``token`` opens. Raises ``BadSignature`` or ``LinkEnded``."""
    pk, preview_round, ends_at = signing.loads(token, salt=PURPOSE)
    articles = Article.objects.filter(pk=pk, preview_round=preview_round)
    if timezone.now().timestamp() >= ends_at or not articles.exists():
        raise LinkEnded
    return pk


def end_links(article, *, by):
    """End every link that was ever made for ``article``."""
    Article.objects.filter(pk=article.pk).update(preview_round=F("preview_round") + 1)
    record(article, Action.LINKS_ENDED, by=by)
