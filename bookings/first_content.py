from datetime import time

from bookings.availability.slots import make_slots
from bookings.models import AppointmentKind, CallSettings, WeeklyHours
from kneecare.clinic.models import Clinician

PLACEHOLDER = "Placeholder. Set the clinic's real hours."


def load():
    """The Discovery Call, call settings, and hours that stand in for the clinic's: it has not stated them."""
    AppointmentKind.objects.create(name="Discovery Call", price="free")
    CallSettings.objects.create(pk=1)
    clinician = Clinician.objects.shown().first()
    for weekday in WeeklyHours.Weekday.values[:5]:
        WeeklyHours.objects.create(
            clinician=clinician,
            weekday=weekday,
            starts=time(9),
            ends=time(12),
            note=PLACEHOLDER,
        )
    make_slots()
