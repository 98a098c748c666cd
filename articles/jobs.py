"""What the worker does for articles. Each job bears being cut short and being run by two workers at once."""

from articles import external_links, planning
from kneecare.core.periodic import every


@every(seconds=1)
def do_what_is_due():
    planning.do_what_is_due()


@every(seconds=20)
def check_external_links():
    external_links.check_due()


@every(hours=24)
def sweep_external_links():
    external_links.sweep()
