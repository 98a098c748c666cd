"""What the worker does for pictures."""

from kneecare.core.jobs.schedule import every
from kneecare.core.pictures import making


@every(seconds=1)
def draw_pictures():
    making.draw_due()
