"""Whether the machine's clock can be trusted with what cannot be undone.

A clock that jumps by more than a day is wrong, was wrong before, or the worker was away that long: only a person can
tell. Until one has, nothing is deleted, nothing expires, and nothing goes out by its date.
"""

import logging
from datetime import timedelta

from django.utils import timezone

from kneecare.core.models import ClockCheck

JUMP = timedelta(days=1)
OFTEN_ENOUGH = timedelta(minutes=1)  # between two notes of what the clock says
logger = logging.getLogger(__name__)


def clock_is_right() -> bool:
    """Whether the clock has gone on as clocks do since the last look at it; notes what it says now."""
    now = timezone.now()
    seen, _ = ClockCheck.objects.get_or_create(pk=1, defaults={"seen_at": now})
    if seen.jumped_to:
        return False
    going = ClockCheck.objects.filter(jumped_to=None)
    if abs(now - seen.seen_at) > JUMP:
        logger.error("The clock jumped from %s to %s.", seen.seen_at, now)
        going.update(jumped_from=seen.seen_at, jumped_to=now)
        return False
    if abs(now - seen.seen_at) > OFTEN_ENOUGH:
        going.update(seen_at=now)
    return True


def jumped() -> ClockCheck | None:
    """The jump that waits for a person's word; None while the clock is trusted."""
    return ClockCheck.objects.exclude(jumped_to=None).first()


def trust() -> None:
    """A person says that the clock is right now."""
    ClockCheck.objects.update(seen_at=timezone.now(), jumped_from=None, jumped_to=None)
