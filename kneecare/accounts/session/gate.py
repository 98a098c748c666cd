"""What somebody who has signed in has to do before anything else: choose their own password, set up a second step."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone

from kneecare.accounts.models import Account, SignInSettings

# Who has one of these reads what patients write.
READS_PATIENTS_WORDS = ["bookings.view_booking", "bookings.change_booking"]
SECOND_STEPS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
PASSWORD, DUE = "password_is_given", "second_step_due_at"


def look(request, user):
    """Note in the session what is to be done, so that no page has to ask the database for it."""
    account = Account.objects.of(user)
    due = _second_step_due(user, account)
    request.session[PASSWORD] = account.password_given_at is not None
    request.session[DUE] = due and due.isoformat()


def needs_second_step(user):
    return any(user.has_perm(each) for each in READS_PATIENTS_WORDS)


def has_second_step(user):
    return Authenticator.objects.filter(user=user, type__in=SECOND_STEPS).exists()


def second_step_due(request):
    """When a second step is required of them; None where it is not, or where there is one."""
    text = request.session.get(DUE)
    return datetime.fromisoformat(text) if text else None


def is_overdue(request):
    due = second_step_due(request)
    return due is not None and due <= timezone.now()


def next_page(request):
    """The page that comes before the one that was asked for; "" for none."""
    if request.session.get(PASSWORD):
        return _unless_there(request, "admin:password_change")
    if is_overdue(request):
        return _unless_there(request, "mfa_index")
    return ""


def _unless_there(request, name):
    free = ["admin:password_change", "admin:logout", "admin:jsi18n"]
    is_free = request.path in map(reverse, free)
    return "" if is_free else reverse(name)


def _second_step_due(user, account):
    if not needs_second_step(user) or has_second_step(user):
        return None
    if account.second_step_asked_at is None:
        account.second_step_asked_at = timezone.now()
        account.save(update_fields=["second_step_asked_at"])
    grace = SignInSettings.objects.current().second_step_grace_days
    return account.second_step_due_at(grace)
