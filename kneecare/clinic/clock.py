"""The clinic's clock on the pages of the admin."""

from functools import wraps

from django.utils import timezone
from django.utils.dateformat import format as format_date

from kneecare.clinic.models import Clinic


def on_clinic_clock(view):
    """Have all times of an admin page in the clinic's zone; the page is rendered while that holds."""

    @wraps(view)
    def zoned(*args, **kwargs):
        with timezone.override(Clinic.objects.current().zone):
            response = view(*args, **kwargs)
            return response.render() if hasattr(response, "render") else response

    return zoned


def moment_words(moment):
    """Such as "Tuesday, November 24, 2026 at 9:00 AM MST", on the clock that holds now."""
    return format_date(timezone.localtime(moment), "l, F j, Y \\a\\t g:i A T")
