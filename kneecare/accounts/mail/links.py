"""Links that let somebody choose a password: once, for a while, and while the account is as it was."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import base36_to_int, urlsafe_base64_encode

from kneecare.accounts.events import Event, tell
from kneecare.accounts.models import AccountMail

Kind = AccountMail.Kind
# Between two links to one account: whoever asks in its name fills no mailbox, and its owner has one that is good.
BETWEEN = timedelta(minutes=30)


class LinkToken(PasswordResetTokenGenerator):
    """Django's, which ends with the password, the e-mail and the next sign-in, and after a time of its own."""

    def __init__(self, name, lifetime):
        super().__init__()
        self.key_salt = f"kneecare.accounts.mail.links.{name}"
        self.lifetime = lifetime

    def check_token(self, user, token):
        if not super().check_token(user, token):
            return False
        made = base36_to_int(token.partition("-")[0])
        age = self._num_seconds(self._now()) - made
        return age <= self.lifetime.total_seconds()


# Django ends any after PASSWORD_RESET_TIMEOUT, which is the longer of the two.
RESET = LinkToken("reset", timedelta(hours=1))
INVITATION = LinkToken("invitation", timedelta(days=3))
URL_NAMES = {RESET: "account_reset_from_link", INVITATION: "account_invited"}


def link_for(user, token):
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse(URL_NAMES[token], args=[uid, token.make_token(user)])


@transaction.atomic
def ask_for_reset(request, email):
    """Owe a link to whoever has this e-mail. What is nobody's costs the same, so that no answer tells which it was."""
    users = get_user_model().objects.filter(is_active=True, is_staff=True)
    user = users.filter(email__iexact=email).first()
    lately = AccountMail.objects.filter(
        user=user,
        kind=Kind.PASSWORD_RESET,
        created_at__gt=timezone.now() - BETWEEN,
    )
    is_owed = not lately.exists() and user is not None
    AccountMail.objects.owe(user if is_owed else None, Kind.PASSWORD_RESET)
    tell(Event.LINK_ASKED_FOR, request=request, user=user)


def invite(request, user):
    """Owe ``user`` a link to choose their first password, or a new one."""
    AccountMail.objects.owe(user, Kind.INVITATION)
    tell(Event.INVITED, request=request, user=user)
