"""Links that let somebody choose a password: once, for a while, and while the account is as it was."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
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
    """Owe a link to whoever has this e-mail, unless one of lately is good. What is nobody's costs the same, so that no answer tells which it was."""
    users = get_user_model().objects.filter(is_active=True, is_staff=True)
    user = users.filter(email__iexact=email).first()
    ends_with = _what_ends_a_link(user)
    lately = AccountMail.objects.filter(
        user=user,
        kind=Kind.PASSWORD_RESET,
        about=ends_with,
        created_at__gt=timezone.now() - BETWEEN,
    )
    owed_to = None if lately.exists() else user
    AccountMail.objects.owe(owed_to, Kind.PASSWORD_RESET, about=ends_with)
    tell(Event.LINK_ASKED_FOR, request=request, user=user)


def _what_ends_a_link(user):
    """Another text once a link to ``user`` is over before its time. It is no key: nothing leads from it to a link."""
    parts = (user.pk, user.password, user.last_login, user.email) if user else ()
    state = salted_hmac("kneecare.accounts.mail.links", repr(parts), algorithm="sha256")
    return state.hexdigest()


def invite(request, user):
    """Owe ``user`` a link to choose their first password, or a new one."""
    AccountMail.objects.owe(user, Kind.INVITATION)
    tell(Event.INVITED, request=request, user=user)
