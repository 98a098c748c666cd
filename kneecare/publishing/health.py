"""What ``/readyz`` has to know of mail to clinicians who are asked for a review."""

from kneecare.core.http.health import readiness
from kneecare.publishing.models import ReviewRequest


@readiness
def review_mail() -> str:
    is_stuck = ReviewRequest.objects.stuck().exists()
    return "mail about reviews is stuck" if is_stuck else ""
