"""What the worker does for the clinic. Each job bears being cut short and being run by two workers at once."""

from kneecare.clinic import review_cycle
from kneecare.core.jobs.schedule import every


@every(minutes=5)
def remind_reviewers():
    review_cycle.remind()
