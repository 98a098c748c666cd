from kneecare.publishing.models.review import Authored, Reviewed
from kneecare.publishing.models.review_answer import ReviewAnswer
from kneecare.publishing.models.review_reminder import ReviewReminder
from kneecare.publishing.models.review_request import ReviewRequest
from kneecare.publishing.models.signature import (
    Act,
    Signable,
    Signature,
    SignatureWithdrawal,
)
from kneecare.publishing.models.version import Event, Version, of_version, to_page
from kneecare.publishing.models.version_file import VersionFile, link_media
from kneecare.publishing.models.versioned_page import (
    VersionedPage,
    VersionedPageQuerySet,
    to_version,
    versioned_models,
)

__all__ = [
    "Act",
    "Authored",
    "Event",
    "ReviewAnswer",
    "ReviewReminder",
    "ReviewRequest",
    "Reviewed",
    "Signable",
    "Signature",
    "SignatureWithdrawal",
    "Version",
    "VersionFile",
    "VersionedPage",
    "VersionedPageQuerySet",
    "link_media",
    "of_version",
    "to_page",
    "to_version",
    "versioned_models",
]
