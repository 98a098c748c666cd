"""Publish means freeze: what patients read is a numbered copy that no later edit touches.

Everything that changes what patients read goes through ``show_patients``: a version by hand, one that was planned,
taking an article down and its planned end. Whatever must happen at the same moment, such as indexing, belongs there.
"""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles import link_checking, publish_checks
from articles.models import Article, ArticleEvent
from articles.readability import self_score
from articles.versions import freeze, store
from kneecare.publishing.exceptions import PublishedMeanwhile
from kneecare.publishing.versions import taking_the_next_number
from kneecare.search import index

Action = ArticleEvent.Action
NOTHING_PLANNED = {"planned": None, "goes_live_at": None}


def publish(article, *, by, note="", together=()):
    """Make the working copy what patients read, and return the new version; what was planned to go live is dropped.

    ``by`` is the member of staff, or ``None`` for first content. Raises ``PublishedMeanwhile`` when another
    version came first, and ``gate.NotReady`` when there is something to mend; nothing has changed then.
    ``together`` are drafts that the same transaction publishes: links to them do resolve.
    """
    with transaction.atomic():
        version = make_version(article, by=by, note=note, together=together)
        if article.scheduled_version_id:
            drop_plan(article, by=by)
        show_patients(article, version, because=Action.PUBLISHED, by=by)
    return version


def take_down(article, *, by):
    """Show patients nothing of the article any more, nor what was planned of it. Its versions stay."""
    with transaction.atomic():
        if article.scheduled_version_id:
            drop_plan(article, by=by)
        show_patients(article, None, because=Action.TAKEN_DOWN, by=by)


def drop_plan(article, *, by):
    """Do not make the planned version live."""
    version, due_at = article.scheduled_version, article.goes_live_at
    change(article, expected={"planned": version.pk}, **NOTHING_PLANNED)
    record(article, Action.PLAN_DROPPED, version, by=by, due_at=due_at)


def show_patients(article, version, *, because, by=None, at=None, expected=None):
    """From now on patients read ``version``; nothing, where it is ``None``. The one place where that changes.

    ``because`` is the action that is kept. ``expected`` are values that the article must still have: the change is
    a compare-and-swap, so that of several workers one does it. Raises ``PublishedMeanwhile`` for the others.
    ``published_at`` is the moment from which patients can read it, so the real one and not the planned one
    when a worker was late: what the page says of itself is true.
    """
    at = at or timezone.now()
    if version is None:
        values = {"published_at": None, "comes_down_at": None}
    else:
        since = article.published_at if article.is_published else at
        values = {"live": version, "published_at": since}
        if article.comes_down_at and article.comes_down_at <= at:
            values["comes_down_at"] = None
    with transaction.atomic():
        change(article, expected=expected, **values, **NOTHING_PLANNED)
        record(article, because, version or article.live_version, by=by, at=at)
        index.refresh(article)


def change(article, *, expected=None, **values):
    """Set ``values`` where the row still has the ``expected`` ones; raises ``PublishedMeanwhile`` where it has not."""
    rows = Article.objects.filter(Q(pk=article.pk, **(expected or {})))
    if not rows.update(updated_at=timezone.now(), **values):
        raise PublishedMeanwhile
    for name, value in values.items():
        setattr(article, name, value)


def make_version(article, *, by, note="", together=()):
    """The working copy, stored under the next number. Raises ``PublishedMeanwhile`` when another took that first.

    Raises ``gate.NotReady`` for a working copy with errors: what is planned has passed the gate too.
    """
    with taking_the_next_number(article) as number:
        publish_checks.insist(article, together=together)
        version = store(freeze(article), by=by, note=note, number=number)
        self_score.file_with(version)
        link_checking.remember(article)
        return version


def record(article, action, version=None, *, by=None, at=None, due_at=None):
    event = ArticleEvent(
        article=article,
        action=action,
        version=version,
        at=at or timezone.now(),
        due_at=due_at,
    )
    event.sign(by).save()
