"""What the worker does for articles. Each job bears being cut short and being run by two workers at once."""

from articles import link_checking
from kneecare.core.jobs.schedule import every


@every(lane="links", seconds=20)
def check_external_links():
    link_checking.check_due()


@every(lane="links", needs_right_clock=True, hours=24)
def sweep_external_links():
    link_checking.sweep()
