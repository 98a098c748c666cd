"""What the worker does for all pages. Each job bears being cut short and being run by two workers at once."""

from kneecare.core.jobs.schedule import every
from kneecare.publishing import schedule


@every(needs_right_clock=True, seconds=1)
def do_what_is_due() -> None:
    schedule.do_what_is_due()
