"""What happens to an article at a time that was set before.

The version is frozen when it is planned: what was checked is what goes out, whatever is edited until then. Going live
is the worker's work, coming down is too; but ``published()`` minds the time of coming down by itself. A worker
that was away does on its next round what was due; an article whose whole time passed meanwhile is never shown.
"""

from django.db import transaction
from django.utils import timezone

from articles.models import Article
from articles.publishing import (
    Action,
    PublishedMeanwhile,
    Refused,
    change,
    drop_plan,
    make_version,
    record,
    show_patients,
)


def plan(article, *, at, by, note=""):
    """Freeze the working copy as the version that goes live at ``at``; one that was planned before is dropped."""
    _check_start(article, at)
    with transaction.atomic():
        if article.planned_id:
            drop_plan(article, by=by)
        version = make_version(article, by=by, note=note)
        change(
            article,
            expected={"planned": article.planned_id},
            planned=version,
            goes_live_at=at,
        )
        record(article, Action.PLANNED, version, by=by, due_at=at)
    return version


def move(article, *, at, by):
    """Let the planned version go live at another time."""
    _check_start(article, at)
    with transaction.atomic():
        change(article, expected={"planned": article.planned_id}, goes_live_at=at)
        record(article, Action.PLANNED, article.planned, by=by, due_at=at)


def set_end(article, *, at, by):
    """Let the article come down at ``at``, or stay up where that is ``None``."""
    _check_end(article, at)
    with transaction.atomic():
        change(article, expected={"planned": article.planned_id}, comes_down_at=at)
        record(article, Action.END_CHANGED, by=by, due_at=at)


def do_what_is_due(*, at=None):
    """Make live and take down what is due, each once, however many workers do this at the same time."""
    at = at or timezone.now()
    for article in Article.objects.due(at=at).select_related("planned", "live"):
        try:
            _do(article, at)
        except PublishedMeanwhile:
            continue  # another worker, or an editor, was first


def _do(article, at):
    if article.comes_down_at and article.comes_down_at <= at:
        # What was planned to be live before that has missed its time.
        _come_down(article, at)
    else:
        _go_live(article, at)


def _go_live(article, at):
    planned = {"planned": article.planned, "goes_live_at": article.goes_live_at}
    show_patients(
        article, article.planned, because=Action.WENT_LIVE, at=at, expected=planned
    )


@transaction.atomic
def _come_down(article, at):
    end = {"comes_down_at": article.comes_down_at}
    if article.planned_id:
        drop_plan(article, by=None)
    show_patients(article, None, because=Action.CAME_DOWN, at=at, expected=end)


def _check_start(article, at):
    if at <= timezone.now():
        raise Refused("This time has passed. Choose a later one, or publish now.")
    if article.comes_down_at and article.comes_down_at <= at:
        raise Refused("The article comes down before that. Change its end first.")


def _check_end(article, at):
    if at is None:
        return
    if at <= timezone.now():
        raise Refused("This time has passed. Choose a later one, or take it down now.")
    if article.goes_live_at and at <= article.goes_live_at:
        raise Refused("The article goes live after that. Choose a later end.")
    if not (article.is_published or article.planned_id):
        raise Refused("Patients do not see this article, so that it has no end.")
