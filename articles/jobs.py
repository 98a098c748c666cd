"""What the worker does for articles. The job bears being cut short and being run by two workers at once."""

from articles import planning
from kneecare.core.periodic import every


@every(seconds=1)
def do_what_is_due():
    planning.do_what_is_due()
