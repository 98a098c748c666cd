"""What happens to an article at a time that was set before.

The version is frozen when it is planned: what was checked is what goes out, whatever is edited until then. Going live
is the worker's work, coming down is too; but ``published()`` minds the time of coming down by itself. A worker
that was away does on its next round what was due; an article whose whole time passed meanwhile is never shown.
"""

from django.db import transaction
from django.utils import timezone

from articles.models import Article
from articles.publish import (
    Action,
    change,
    drop_plan,
    make_version,
    record,
    show_patients,
)
from kneecare.publishing.exceptions import PublishedMeanwhile, Refused


def plan(article, *, by, goes_live_at=None, comes_down_at=None, note="", anew=True):
    """Set the times of an article, in UTC or any zone; return the version that will go live, or ``None``.

    With ``goes_live_at``, the working copy is frozen now to go live then; with ``anew=False`` a version that is
    planned already keeps its place, and only the time moves. ``comes_down_at=None`` means that it stays up.
    Raises ``Refused`` with the reason.
    """
    _check(article, goes_live_at, comes_down_at)
    with transaction.atomic():
        old_end = article.comes_down_at
        if goes_live_at:
            _plan_version(article, goes_live_at, comes_down_at, by, note, anew)
        elif comes_down_at != old_end:
            change(article, comes_down_at=comes_down_at)
        if comes_down_at != old_end:
            record(article, Action.END_CHANGED, by=by, due_at=comes_down_at)
    return article.scheduled_version


def _plan_version(article, start, end, by, note, anew):
    if article.scheduled_version_id and anew:
        drop_plan(article, by=by)
    expected = {"planned": article.scheduled_version_id}
    version = article.scheduled_version or make_version(article, by=by, note=note)
    values = {"planned": version, "goes_live_at": start, "comes_down_at": end}
    moved = article.goes_live_at != start
    change(article, expected=expected, **values)
    if moved:
        record(article, Action.PLANNED, version, by=by, due_at=start)


def do_what_is_due(*, at=None):
    """Make live and take down what is due, each once, however many workers do this at the same time."""
    at = at or timezone.now()
    for article in Article.objects.due(at=at).select_related(
        "scheduled_version", "live_version"
    ):
        try:
            carry_out(article, at)
        except PublishedMeanwhile:
            continue  # another worker, or an editor, was first


def carry_out(article, at):
    """Do what is due for ``article``; raises ``PublishedMeanwhile`` where its plan is no longer the one that was read."""
    if article.comes_down_at and article.comes_down_at <= at:
        # What was planned to be live before that has missed its time.
        _come_down(article, at)
    else:
        _go_live(article, at)


def _go_live(article, at):
    planned = {
        "planned": article.scheduled_version,
        "goes_live_at": article.goes_live_at,
    }
    show_patients(
        article,
        article.scheduled_version,
        because=Action.WENT_LIVE,
        at=at,
        expected=planned,
    )


@transaction.atomic
def _come_down(article, at):
    end = {"comes_down_at": article.comes_down_at}
    if article.scheduled_version_id:
        drop_plan(article, by=None)
    show_patients(article, None, because=Action.CAME_DOWN, at=at, expected=end)


def _check(article, start, end):
    now = timezone.now()
    if start and start <= now:
        raise Refused("This time has passed. Choose a later one, or publish now.")
    if end and end <= now:
        raise Refused("This end has passed. Choose a later one, or take it down now.")
    start = start or article.goes_live_at
    if start and end and end <= start:
        raise Refused("The article must come down after it goes live.")
    if end and not (start or article.is_published):
        raise Refused("Patients do not see this article, so that it needs no end.")
