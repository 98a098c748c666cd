"""A queue in the database, for work that several workers share.

Each kind of work keeps its own rows: a model below ``QueuedWork``. A worker claims a row for as long as a lease lasts;
a row whose worker died is due again when its lease ends. So each row is worked on by one worker at a time, and at
least once. What becomes of it is written only by the worker that still has it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

MOST_DOUBLINGS = 10  # of the wait between two attempts
WAITED = timedelta(hours=1)  # longer than a statement waits for another one
WORST_ERROR = 80  # characters


class QueueQuerySet(models.QuerySet[Any]):
    def pending(self) -> Self:
        """Rows whose work is not done; a model whose work comes to an end says which."""
        return self

    def due(self) -> Self:
        """Rows that may be claimed: their time has come, and no other worker has them."""
        now = timezone.now()
        free = Q(leased_until=None) | Q(leased_until__lte=now)
        # A lease that ends much later than any can was given by a clock that was wrong.
        free |= Q(leased_until__gt=now + self.model.LEASE + WAITED)
        # So was an attempt that is planned later than any can be.
        time_has_come = Q(next_attempt_at__lte=now)
        time_has_come |= Q(next_attempt_at__gt=now + self.model.LONGEST_WAIT + WAITED)
        return self.pending().filter(free, time_has_come)

    def claim(self, pk: int) -> Any:
        """The row ``pk`` for this worker alone, or ``None``: ``due()`` in the UPDATE lets one of several through."""
        until = timezone.now() + self.model.LEASE
        taken = self.due().filter(pk=pk)
        if taken.update(leased_until=until, attempts=F("attempts") + 1):
            return self.filter(pk=pk).first()
        return None

    def claim_each(self, limit: int | None = None) -> Iterator[Any]:
        """Claim what is due, oldest first, each row when the one before is done."""
        due = self.due().order_by("next_attempt_at", "pk")
        for pk in list(due.values_list("pk", flat=True)[:limit]):
            if row := self.claim(pk):
                yield row


class QueuedWork(models.Model):
    """A row of a queue. Its manager is a ``QueueQuerySet``."""

    LEASE: ClassVar[timedelta]
    FIRST_WAIT: ClassVar[timedelta]
    LONGEST_WAIT: ClassVar[timedelta] = timedelta(days=1)

    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField("next attempt", default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True, editable=False)
    last_error = models.CharField(
        "what went wrong",
        max_length=WORST_ERROR,
        blank=True,
        help_text="The kind of error; never a text that may name somebody.",
    )

    class Meta:
        abstract = True

    def settle(self, **outcome: Any) -> bool:
        """Write the outcome and give the lease back, unless it ran out and another worker has the row now."""
        mine = type(self)._default_manager.filter(
            pk=self.pk, attempts=self.attempts, leased_until__isnull=False
        )
        return bool(mine.update(leased_until=None, **outcome))

    def try_later(self, error: str) -> bool:
        return self.settle(
            next_attempt_at=self.time_of_next_attempt(),
            last_error=error[:WORST_ERROR],
        )

    def time_of_next_attempt(self) -> datetime:
        """Twice as late after each attempt, and scattered, so that workers do not come back together."""
        wait: timedelta = self.FIRST_WAIT * 2 ** min(self.attempts, MOST_DOUBLINGS)
        part: float = SystemRandom().uniform(0.5, 1)
        return timezone.now() + min(wait, self.LONGEST_WAIT) * part
