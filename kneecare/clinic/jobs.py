"""What the worker does for the clinic. Each job bears being cut short and being run by two workers at once."""

from kneecare.clinic.models import Clinic
from kneecare.core.jobs.schedule import every
from kneecare.publishing.retention import pruning
from kneecare.publishing.reviews import reminders, requests


@every(lane="reviewers", needs_right_clock=True, minutes=5)
def remind_reviewers():
    reminders.remind(Clinic.objects.current())


@every(lane="mail", seconds=1)
def deliver_review_requests():
    requests.deliver(Clinic.objects.current())


@every(lane="upkeep", needs_right_clock=True, hours=24)
def prune_saves():
    clinic = Clinic.objects.current()
    pruning.prune(zone=clinic.zone, days=clinic.all_saves_days)
