"""What happens to a page at a time that was set before.

The version is made when it is scheduled: what was checked is what goes out, whatever is edited until then. Going live
is the worker's work, coming down is too; but ``published()`` minds the time of coming down by itself. A worker
that was away does on its next round what was due; a page whose whole time passed meanwhile is never shown.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from kneecare.publishing.exceptions import PublishedMeanwhile, Refused
from kneecare.publishing.models import versioned_models
from kneecare.publishing.publish import (
    Action,
    change,
    hold_as_seen,
    make_version,
    record,
    show,
    signed_anew,
    unschedule,
)

NOT_PLANNED = (
    "Nothing is planned yet. "
    "Look at the working copy, then save the plan again to plan it as it is now."
)


def schedule(
    page: Any,
    *,
    by: Any,
    goes_live_at: datetime | None = None,
    comes_down_at: datetime | None = None,
    note: str = "",
    anew: bool = True,
    seen: int | None = None,
) -> Any:
    """Set the times of a page, in UTC or any zone; return the version that will go live, or ``None``.

    With ``goes_live_at``, the draft becomes a version now, to go live then; with ``anew=False`` a version that is
    scheduled already keeps its place, and only the time moves. ``comes_down_at=None`` means that it stays up.
    ``seen`` is the revision of the draft that whoever asks has seen: no other becomes a version. Raises ``Refused``
    with the reason.
    """
    _check(page, goes_live_at, comes_down_at)
    with transaction.atomic():
        if goes_live_at and anew and seen is not None:
            hold_as_seen(page, seen, so=NOT_PLANNED)
        old_end = page.comes_down_at
        if goes_live_at:
            _schedule_version(page, goes_live_at, comes_down_at, by, note, anew)
        elif comes_down_at != old_end:
            change(page, comes_down_at=comes_down_at)
        if comes_down_at != old_end:
            record(page, Action.END_CHANGED, by=by, due_at=comes_down_at)
    return page.scheduled_version


def _schedule_version(
    page: Any, start: datetime, end: datetime | None, by: Any, note: str, anew: bool
) -> None:
    if page.scheduled_version_id and anew:
        unschedule(page, by=by)
    expected = {"scheduled_version": page.scheduled_version_id}
    version = page.scheduled_version or make_version(page, by=by, note=note)
    values = {"scheduled_version": version, "goes_live_at": start, "comes_down_at": end}
    moved = page.goes_live_at != start
    change(page, expected=expected, **values)
    if moved:
        record(page, Action.SCHEDULED, version, by=by, due_at=start)


def do_what_is_due(*, at: datetime | None = None) -> None:
    """Make live and take down what is due, each once, however many workers do this at the same time."""
    at = at or timezone.now()
    for model in versioned_models():
        due = model.objects.due(at=at)
        for page in due.select_related("scheduled_version", "live_version"):
            try:
                carry_out(page, at)
            except PublishedMeanwhile:
                continue  # another worker, or an editor, was first


def carry_out(page: Any, at: datetime) -> None:
    """Do what is due for ``page``; raises ``PublishedMeanwhile`` where its schedule is no longer the one that was read."""
    if page.comes_down_at and page.comes_down_at <= at:
        # What was scheduled to be live before that has missed its time.
        _come_down(page, at)
    else:
        _go_live(page, at)


def _go_live(page: Any, at: datetime) -> None:
    version = page.scheduled_version
    expected = {"scheduled_version": version, "goes_live_at": page.goes_live_at}
    with transaction.atomic():
        # A clinician may have signed it, or taken that back, after it was planned.
        version = signed_anew(version, by=None)
        show(page, version, because=Action.WENT_LIVE, at=at, expected=expected)


@transaction.atomic
def _come_down(page: Any, at: datetime) -> None:
    expected = {"comes_down_at": page.comes_down_at}
    if page.scheduled_version_id:
        unschedule(page, by=None)
    show(page, None, because=Action.CAME_DOWN, at=at, expected=expected)


def _check(page: Any, start: datetime | None, end: datetime | None) -> None:
    now = timezone.now()
    if start and start <= now:
        raise Refused("This time has passed. Choose a later one, or publish now.")
    if end and end <= now:
        raise Refused("This end has passed. Choose a later one, or take it down now.")
    start = start or page.goes_live_at
    kind = page._meta.verbose_name
    if start and end and end <= start:
        raise Refused(f"The {kind} must come down after it goes live.")
    if end and not (start or page.is_published):
        raise Refused(f"Patients do not see this {kind}, so that it needs no end.")
