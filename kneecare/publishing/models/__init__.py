from kneecare.publishing.models.draft import WorkingCopy
from kneecare.publishing.models.review import Reviewed, ReviewedQuerySet
from kneecare.publishing.models.review_reminder import ReviewReminder

__all__ = ["ReviewReminder", "Reviewed", "ReviewedQuerySet", "WorkingCopy"]
