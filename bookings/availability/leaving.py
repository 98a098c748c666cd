"""What still waits for a clinician who leaves: the calls that are booked with them."""

from django.template.defaultfilters import pluralize

from bookings.models import Booking
from kneecare.clinic.leaving import tells_of_leaving


@tells_of_leaving
def calls_to_come(clinician) -> list[str]:
    """They stay booked: whoever archives decides what becomes of each, in the queue."""
    count = Booking.objects.upcoming().filter(slot__clinician=clinician).count()
    if not count:
        return []
    verb = "is" if count == 1 else "are"
    return [
        f"{count} call{pluralize(count)} with {clinician} {verb} still to come, and stay{pluralize(count, 's,')} booked: "
        "move or cancel each under Requests."
    ]
