"""What ``/readyz`` has to know of mail about accounts."""

from kneecare.accounts.models import AccountMail
from kneecare.core.http.health import readiness


@readiness
def account_mail() -> str:
    return (
        "mail about accounts is stuck" if AccountMail.objects.stuck().exists() else ""
    )
