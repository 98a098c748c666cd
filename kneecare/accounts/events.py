"""What happens to accounts, told in one place: to the log, and to the record what Django does not tell it."""

import logging
from datetime import timedelta

from django.db.models import TextChoices
from django.utils import timezone

from kneecare.audit.models import AuditEvent
from kneecare.audit.record import record
from kneecare.core.http.client_ip import client_ip

logger = logging.getLogger(__name__)
Kind = AuditEvent.Kind


class Event(TextChoices):
    SIGNED_IN = "signed_in", "Signed in"
    SIGNED_OUT = "signed_out", "Signed out"
    FAILED = "failed", "A sign-in failed"
    PASSKEY_FAILED = "passkey_failed", "A sign-in by passkey failed"
    CODE_FAILED = "code_failed", "A code was wrong"
    HELD_BACK = "held_back", "A try to sign in was held back"
    SESSION_ENDED = "session_ended", "A session was ended from another one"
    PASSWORD_CHANGED = "password_changed", "The password was changed"
    LINK_ASKED_FOR = "link_asked_for", "A link for a new password was asked for"
    INVITED = "invited", "Invited"
    SECOND_STEP_CHANGED = "second_step_changed", "The second step was changed"


# Django's own signals have these written, whoever causes them: a page, a command or a library.
TOLD_BY_DJANGO = {Event.SIGNED_IN, Event.SIGNED_OUT, Event.FAILED}
FAILURES = {Event.PASSKEY_FAILED, Event.CODE_FAILED, Event.HELD_BACK}


def tell(event, *, request=None, user=None, key=""):
    """``key`` tells guesses at one account from those at another, and says no name."""
    if user is not None and user.pk:
        key = f"account {user.pk}"
    logger.info("%s (%s).", event.label, key or "nobody that we know")
    if event not in TOLD_BY_DJANGO and _is_news(event, request):
        kind = Kind.SIGN_IN_FAILED if event in FAILURES else Kind.SIGN_IN_CHANGED
        name = user.get_username() if user else ""
        record(kind, subject=name, details=event.label)


def _is_news(event, request):
    """False for a further try from an address that was held back within the hour: who guesses on must not fill the record."""
    if event != Event.HELD_BACK:
        return True
    return not AuditEvent.objects.filter(
        kind=Kind.SIGN_IN_FAILED,
        details=event.label,
        client_ip=client_ip(request),
        at__gte=timezone.now() - timedelta(hours=1),
    ).exists()
