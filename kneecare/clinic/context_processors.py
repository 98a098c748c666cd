from django.utils.functional import SimpleLazyObject

from kneecare.clinic.models import Clinic


def clinic_of(request):
    """The clinic, read once a request."""
    if not hasattr(request, "clinic"):
        request.clinic = Clinic.objects.current()
    return request.clinic


def clinic(request):
    """``clinic`` in every template: one query, and only on a page that names it."""
    return {"clinic": SimpleLazyObject(lambda: clinic_of(request))}
