from kneecare.clinic.models.clinic import Clinic, SocialLink, validate_time_zone
from kneecare.clinic.models.clinician import Clinician
from kneecare.clinic.models.help import HelpLevel
from kneecare.clinic.models.program import Program
from kneecare.publishing.models.draft import WorkingCopy
from kneecare.publishing.models.review import Reviewed, ReviewedQuerySet
from kneecare.publishing.models.review_reminder import ReviewReminder

__all__ = [
    "Clinic",
    "Clinician",
    "HelpLevel",
    "Program",
    "ReviewReminder",
    "Reviewed",
    "ReviewedQuerySet",
    "SocialLink",
    "WorkingCopy",
    "validate_time_zone",
]
