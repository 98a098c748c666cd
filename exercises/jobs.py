"""What the worker does for handouts."""

from exercises.handouts import retention
from kneecare.core.jobs.schedule import every


@every(hours=24)
def purge_handouts():
    retention.purge()
