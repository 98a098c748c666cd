"""What ``/readyz`` has to know of mail to clinicians who are asked for a review, and to who asked."""

from typing import Any

from kneecare.core.health.checks import MAIL_SERVER, health_check
from kneecare.publishing.models import ReviewAnswer, ReviewRequest


@health_check(MAIL_SERVER)
def review_mail() -> str:
    kinds: list[Any] = [ReviewRequest, ReviewAnswer]
    is_stuck = any(kind.objects.stuck().exists() for kind in kinds)
    return "mail about reviews is stuck" if is_stuck else ""
