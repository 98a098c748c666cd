"""Work that comes round again. An app's ``jobs`` module names it; the worker does it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from django.db import close_old_connections

Function = TypeVar("Function", bound=Callable[[], object])
logger = logging.getLogger(__name__)


@dataclass
class Job:
    run: Callable[[], object]
    interval: float  # seconds
    due_at: float = 0.0  # on the monotonic clock; 0 is at once

    @property
    def name(self) -> str:
        return f"{self.run.__module__}.{self.run.__qualname__}"


JOBS: dict[str, Job] = {}


def every(**interval: float) -> Callable[[Function], Function]:
    """Have the worker call a function again and again: ``@every(seconds=1)``, as for ``timedelta``.

    Several workers may run the same job at the same time, and a crash may cut one short: a job must bear both.
    """

    def register(function: Function) -> Function:
        job = Job(function, timedelta(**interval).total_seconds())
        JOBS[job.name] = job
        return function

    return register


def run_due(now: float) -> None:
    """Run each job that is due at ``now`` (monotonic seconds); one that fails is logged and comes round again."""
    for job in JOBS.values():
        if job.due_at <= now:
            job.due_at = now + job.interval
            _run(job)


def _run(job: Job) -> None:
    close_old_connections()
    try:
        job.run()
    except Exception:  # whatever it was, the other jobs go on
        logger.exception("%s failed; it will be tried again.", job.name)
    finally:
        close_old_connections()
