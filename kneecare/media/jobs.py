"""What the worker does for pictures and videos."""

from kneecare.core.jobs.schedule import every
from kneecare.media import pending, renditions, unused


@every(lane="pictures", seconds=1)
def draw_pictures():
    renditions.draw_due()


@every(lane="upkeep", needs_right_clock=True, hours=24)
def sweep_unused():
    unused.sweep()


@every(lane="upkeep", needs_right_clock=True, hours=1)
def forget_pending_uploads():
    pending.forget_old()
