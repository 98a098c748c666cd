"""What the worker does for handouts."""

from exercises.handouts import retention
from kneecare.core.jobs.schedule import every


@every(needs_right_clock=True, hours=24)
def purge_handouts():
    retention.purge()
