"""Every article shows the clinic's list of when to get help; there must be one to show."""

from django.urls import reverse

from articles.publish_checks.finding import advice, error
from kneecare.clinic.models import HelpLevel


def check_urgency_list(copy):
    if not HelpLevel.objects.exclude(signs="").exists():
        url = reverse("admin:clinic_helplevel_changelist")
        text = 'The list of "when to get help" is empty. Every article shows it.'
        yield error(text, url=url)
    elif copy.clinic.help_reviewed_on is None:
        url = reverse("admin:clinic_clinic_changelist")
        text = 'Nobody has signed off the list of "when to get help" yet.'
        yield advice(text, url=url)
