"""Work that comes round again. An app's ``jobs`` module names it; the worker does it."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from django.db import close_old_connections, connections

from kneecare.core.jobs.clock_check import clock_is_right
from kneecare.core.telemetry.counted import count_job

Function = TypeVar("Function", bound=Callable[[], object])
logger = logging.getLogger(__name__)

MAIN = "main"
TICK = 0.5  # seconds


@dataclass
class Job:
    run: Callable[[], object]
    interval: float  # seconds
    lane: str = MAIN
    needs_right_clock: bool = False
    due_at: float = 0.0  # on the monotonic clock; 0 is at once

    @property
    def name(self) -> str:
        return f"{self.run.__module__}.{self.run.__qualname__}"


JOBS: dict[str, Job] = {}


def every(
    *, lane: str = MAIN, needs_right_clock: bool = False, **interval: float
) -> Callable[[Function], Function]:
    """Have the worker call a function again and again: ``@every(seconds=1)``, as for ``timedelta``.

    The jobs of one lane wait for each other, and for no job of another: what asks a slow stranger, or takes long, has
    a lane of its own. With ``needs_right_clock`` a job rests while the clock may be wrong: what it does, as deleting,
    cannot be undone. Several workers may run the same job at the same time, and a crash may cut one short: a job must
    bear both.
    """

    def register(function: Function) -> Function:
        seconds = timedelta(**interval).total_seconds()
        job = Job(function, seconds, lane, needs_right_clock)
        JOBS[job.name] = job
        return function

    return register


def lanes() -> list[str]:
    return sorted({job.lane for job in JOBS.values()})


def run_due(now: float, lane: str | None = None) -> None:
    """Run each job (of ``lane``) that is due at ``now`` (monotonic seconds); one that fails is logged and comes round again."""
    for job in JOBS.values():
        if job.due_at <= now and lane in (None, job.lane):
            job.due_at = now + job.interval
            _run(job)


def drive(lane: str, stop: threading.Event) -> None:
    """Run the jobs of ``lane`` as they come due, until ``stop`` is set."""
    try:
        while not stop.is_set():
            run_due(time.monotonic(), lane)
            stop.wait(TICK)
    finally:
        connections.close_all()  # this thread's own


def _run(job: Job) -> None:
    close_old_connections()
    is_well = False
    try:
        if not job.needs_right_clock or clock_is_right():
            job.run()
        is_well = True
    except Exception:  # whatever it was, the other jobs go on
        logger.exception("%s failed; it will be tried again.", job.name)
    finally:
        count_job(job.name, is_well=is_well)
        close_old_connections()
