from django.utils.functional import SimpleLazyObject

from kneecare.clinic.models import Clinic


def clinic(request):
    """``clinic`` in every template: one query, and only on a page that names it."""
    return {"clinic": SimpleLazyObject(Clinic.objects.current)}
