"""The roof: pages that need more than one app."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import Article, Topic
from bookings.models import CallSettings
from exercises.models import Routine
from kneecare.clinic.context_processors import clinic_of
from kneecare.clinic.models import Clinician
from kneecare.clinic.structured_data import medical_clinic
from kneecare.core.structured_data import absolute

LATEST = 4


@require_safe
def home(request):
    context = {
        "articles": Article.objects.published().with_topics().newest_first()[:LATEST],
        "routines": Routine.objects.published().with_items()[:2],
        "clinician": Clinician.objects.shown().first(),
        "places": Topic.Place,
        "structured_data": medical_clinic(clinic_of(request)),
    }
    return render(request, "home.html", context)


@require_safe
def privacy(request):
    rules = CallSettings.objects.current()
    return render(request, "clinic/privacy.html", {"rules": rules})


@require_safe
def robots(request):
    text = render_to_string("robots.txt", {"sitemap_url": absolute("/sitemap.xml")})
    return HttpResponse(text, content_type="text/plain")


@require_safe
def security_txt(request):
    """Where to report a weakness (RFC 9116); valid for a year from now."""
    expires = timezone.now() + timedelta(days=365)
    context = {
        "contact_url": absolute("/contact/"),
        "expires": expires.strftime("%Y-%m-%dT00:00:00Z"),
    }
    text = render_to_string("security.txt", context)
    return HttpResponse(text, content_type="text/plain")
