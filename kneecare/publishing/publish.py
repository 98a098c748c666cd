"""What patients read is a numbered version that no later edit touches. Saving keeps the draft; publishing shows it.

Everything that changes what patients read goes through ``show``: publishing by hand, what was scheduled, taking a page
down and its scheduled end. Whatever must happen at the same moment, such as indexing, hears ``visibility_changed``.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from kneecare.core.database.constraints import broken_constraint
from kneecare.publishing.exceptions import EditedMeanwhile, PublishedMeanwhile
from kneecare.publishing.models import Event
from kneecare.publishing.publish_checks import insist
from kneecare.publishing.signals import version_numbered, visibility_changed

Action = Event.Action
NOT_PUBLISHED = (
    "It was not published. Look at the working copy, then publish it as it is now."
)
UNSCHEDULED = {"scheduled_version": None, "goes_live_at": None}


def save_revision(page: Any, *, by: Any, note: str = "") -> Any:
    """Keep the draft as it is now, unless the last version holds just that; return the version that does."""
    draft = page.version_model().of(page)
    last = page.versions.order_by("-made_at", "-pk").first()
    if last and (last.source, last.revision) == (draft.source, draft.revision):
        return last
    return draft.store(by=by, note=note)


def publish(
    page: Any,
    *,
    by: Any,
    note: str = "",
    publish_with: Iterable[Any] = (),
    seen: int | None = None,
) -> Any:
    """Make the draft what patients read, and return its version; what was scheduled to go live is dropped.

    ``by`` is the member of staff, or ``None`` for first content. Raises ``PublishedMeanwhile`` when somebody else
    came first, and ``NotReady`` when there is something to mend; nothing has changed then. ``publish_with`` are
    drafts that the same transaction publishes: links to them do resolve. ``seen`` is the revision of the draft that
    ``by`` has seen: ``EditedMeanwhile`` is raised for any other.
    """
    with transaction.atomic():
        if seen is not None:
            hold_as_seen(page, seen, so=NOT_PUBLISHED)
        insist(page, publish_with=publish_with)
        version = _store_next(page, by=by, note=note)
        if page.scheduled_version_id:
            unschedule(page, by=by)
        show(page, version, because=Action.PUBLISHED, by=by)
    return version


def take_down(page: Any, *, by: Any = None) -> None:
    """Show patients nothing of the page any more, nor what was scheduled of it. Its versions stay."""
    with transaction.atomic():
        if page.scheduled_version_id:
            unschedule(page, by=by)
        show(page, None, because=Action.TAKEN_DOWN, by=by)


def show_signature(page: Any, *, by: Any) -> None:
    """Show patients the words that are live once more, with the signature that holds for them now; a plan stays.

    Nothing happens where that is the one they see. Nothing of the words is checked, as they are live already.
    """
    if not page.is_published:
        return
    live = page.live_version
    with transaction.atomic():
        version = signed_anew(live, by=by)
        if version is not live:
            expected = {"live_version": live}
            because = Action.PUBLISHED
            show(*[page, version], because=because, by=by, expected=expected, plan={})


def signed_anew(version: Any, *, by: Any) -> Any:
    """``version``, where it carries the signature that holds for it now; else a new one of the same words that does."""
    same = version.again()
    if same.signature_id == version.signature_id:
        return version
    with _taking_the_next_number(version.page) as number:
        same.store(by=by, note="Clinical review.", number=number)
        version_numbered.send(type(version.page), page=version.page, version=same)
    return same


def hold_as_seen(page: Any, seen: int, *, so: str) -> None:
    """Hold the draft as it was ``seen``: nobody saves it until the transaction ends. Raises ``EditedMeanwhile``."""
    drafts = type(page)._default_manager.select_for_update(of=("self",))
    draft = drafts.select_related("saved_by").get(pk=page.pk)
    if draft.revision != seen:
        raise EditedMeanwhile(draft, so)


def make_version(page: Any, *, by: Any, note: str = "") -> Any:
    """Store the draft under the next number. Raises ``PublishedMeanwhile`` when somebody else took that first.

    Raises ``NotReady`` for a draft with errors: what is scheduled has passed the checks too.
    """
    insist(page)
    return _store_next(page, by=by, note=note)


def _store_next(page: Any, *, by: Any, note: str) -> Any:
    with _taking_the_next_number(page) as number:
        version = page.version_model().of(page).store(by=by, note=note, number=number)
        version_numbered.send(type(page), page=page, version=version)
        return version


def unschedule(page: Any, *, by: Any) -> None:
    """Do not make the scheduled version live."""
    version, due_at = page.scheduled_version, page.goes_live_at
    change(page, expected={"scheduled_version": version.pk}, **UNSCHEDULED)
    record(page, Action.UNSCHEDULED, version, by=by, due_at=due_at)


def show(
    page: Any,
    version: Any,
    *,
    because: Action,
    by: Any = None,
    at: datetime | None = None,
    expected: dict[str, Any] | None = None,
    plan: dict[str, Any] = UNSCHEDULED,
) -> None:
    """From now on patients read ``version``; nothing, where it is ``None``. The one place where that changes.

    ``because`` is the action that is kept. ``expected`` are values that the page must still have: the change is
    a compare-and-swap, so that of several workers one does it. Raises ``PublishedMeanwhile`` for the others.
    ``plan`` is what becomes of what was scheduled; without values it stays.
    ``published_at`` is the moment from which patients can read it, so the real one and not the scheduled one
    when a worker was late: what the page says of itself is true.
    """
    at = at or timezone.now()
    values: dict[str, Any] = {"published_at": None, "comes_down_at": None}
    if version is not None:
        since = page.published_at if page.is_published else at
        is_over = page.comes_down_at and page.comes_down_at <= at
        values = {"live_version": version, "published_at": since}
        values |= {"comes_down_at": None} if is_over else {}
    with transaction.atomic():
        change(page, expected=expected, **values, **plan)
        record(page, because, version or page.live_version, by=by, at=at)
        visibility_changed.send(type(page), page=page)


def change(page: Any, *, expected: dict[str, Any] | None = None, **values: Any) -> None:
    """Set ``values`` where the row still has the ``expected`` ones; raises ``PublishedMeanwhile`` where it has not."""
    rows = type(page)._default_manager.filter(Q(pk=page.pk, **(expected or {})))
    if not rows.update(updated_at=timezone.now(), **values):
        raise PublishedMeanwhile
    for name, value in values.items():
        setattr(page, name, value)


def record(
    page: Any,
    action: Action,
    version: Any = None,
    *,
    by: Any = None,
    at: datetime | None = None,
    due_at: datetime | None = None,
) -> None:
    at = at or timezone.now()
    event = page.events.model(page=page, action=action, version=version, at=at)
    event.due_at = due_at
    event.credit(by).save()


@contextmanager
def _taking_the_next_number(page: Any) -> Iterator[int]:
    """A transaction that stores the version with that number; nothing has changed where somebody else took it first."""
    try:
        with transaction.atomic():
            yield page.versions.next_number()
    except IntegrityError as error:
        if broken_constraint(error, page.versions.model):
            raise PublishedMeanwhile from error
        raise
