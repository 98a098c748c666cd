from kneecare.clinic.models.clinic import Clinic, SocialLink, validate_time_zone
from kneecare.clinic.models.clinician import STARTER_LIBRARY, Clinician
from kneecare.clinic.models.help import HelpLevel
from kneecare.clinic.models.program import Program

__all__ = [
    "STARTER_LIBRARY",
    "Clinic",
    "Clinician",
    "HelpLevel",
    "Program",
    "SocialLink",
    "validate_time_zone",
]
