"""What the worker does for pictures."""

from kneecare.core.jobs.schedule import every
from kneecare.media import renditions


@every(lane="pictures", seconds=1)
def draw_pictures():
    renditions.draw_due()
