"""What the worker does for accounts. Each job bears being cut short and being run by two workers at once."""

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from kneecare.accounts import throttle
from kneecare.accounts.mail import messages
from kneecare.accounts.models import AccountMail
from kneecare.core.jobs.schedule import every

KEPT = timedelta(days=30)


@every(lane="mail", seconds=1)
def deliver_account_mail():
    messages.deliver()


@every(needs_right_clock=True, hours=24)
def forget_tries():
    throttle.forget_old()


@every(needs_right_clock=True, hours=24)
def forget_mail():
    old = AccountMail.objects.filter(created_at__lt=timezone.now() - KEPT)
    old.exclude(state=AccountMail.State.WAITING).delete()


@every(needs_right_clock=True, hours=24)
def forget_sessions():
    """Also what waits in them to be sent again."""
    SessionStore.clear_expired()
