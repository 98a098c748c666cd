"""What ``/readyz`` has to know of mail about accounts."""

from kneecare.accounts.models import AccountMail
from kneecare.core.health.checks import MAIL_SERVER, health_check


@health_check(MAIL_SERVER)
def account_mail() -> str:
    return (
        "mail about accounts is stuck" if AccountMail.objects.stuck().exists() else ""
    )
