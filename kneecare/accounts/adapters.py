"""What allauth asks of the site: how a password is tried, what follows a sign-in, how mail goes out."""

import base64
import logging
import secrets

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.safestring import mark_safe

from kneecare.accounts import devices, throttle
from kneecare.accounts.events import Event, tell
from kneecare.accounts.models import Account, AccountMail
from kneecare.accounts.password_rules import refuse_too_long
from kneecare.accounts.session import activity, kept_post
from kneecare.accounts.throttle import TooManyTries
from kneecare.clinic.models import Clinic
from kneecare.core.http.client_ip import client_ip, network_of
from kneecare.core.sealing import CannotUnseal, sealed, unsealed

logger = logging.getLogger(__name__)

Kind = AccountMail.Kind
PURPOSE = "kneecare.accounts.second_step"
# What is said of a change of the second step, by allauth's name for its mail.
CHANGES = {
    "mfa/email/totp_activated": "An authenticator app was added.",
    "mfa/email/totp_deactivated": "The authenticator app was removed.",
    "mfa/email/webauthn_added": "A passkey was added.",
    "mfa/email/webauthn_removed": "A passkey was removed.",
    "mfa/email/recovery_codes_generated": "New recovery codes were made. The old ones are void.",
}


# Said in our words, by allauth's name for it; what is not here, they see.
MESSAGES = {
    "mfa/messages/totp_activated.txt": "The authenticator app is added.",
    "mfa/messages/totp_deactivated.txt": "The authenticator app is removed.",
    "mfa/messages/webauthn_added.txt": "The passkey is added.",
    "mfa/messages/webauthn_removed.txt": "The passkey is removed.",
}


class AccountAdapter(DefaultAccountAdapter):
    def get_login_stages(self):
        return ["allauth.mfa.stages.AuthenticateStage"]

    def is_open_for_signup(self, request):
        return False

    def authenticate(self, request, **credentials):
        """The one place where a password is tried, whoever asks: the sign-in, or a page that asks once more."""
        refuse_too_long(credentials["password"])
        try:
            self.guess = throttle.begin(request, credentials["username"])
        except TooManyTries as error:
            tell(Event.HELD_BACK, request=request)
            raise held_back(error) from error
        return super().authenticate(request, **credentials)

    def pre_authenticate(self, request, **credentials):
        """Counted above, in the database: allauth would count in the cache of one process."""

    def _rollback_login_failed_rl_usage(self):
        self.guess.forgive()

    def authentication_failed(self, request, **credentials):
        tell(Event.FAILED, request=request, key=self.guess.key)

    def is_reauthentication_required(self, *, app):
        """Whoever has just signed in is not asked again for what they gave."""
        return super().is_reauthentication_required(
            app=app
        ) and not activity.signed_in_just_now(self.request)

    def pre_login(self, request, user, **kwargs):
        if user.is_active and user.is_staff:
            return None
        return redirect("account_login")

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        if kept_post.is_waiting(request):
            response = redirect("account_kept")
        owe_notice_of_sign_in(request, user)
        devices.remember(request, response, user.get_username())
        return response

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        if words := MESSAGES.get(message_template):
            messages.add_message(request, level, words)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        if template_prefix in CHANGES:
            AccountMail.objects.owe(
                user, Kind.SECOND_STEP, about=CHANGES[template_prefix]
            )
            tell(Event.SECOND_STEP_CHANGED, request=self.request, user=user)

    def get_client_ip(self, request):
        ip = client_ip(request)
        # A socket of the machine itself has none, and a stranger may say anything.
        return ip if network_of(ip) else "0.0.0.0"  # noqa: S104


def owe_notice_of_sign_in(request, user):
    about = devices.device_words(request.headers.get("User-Agent", ""))
    if not devices.known_device(request, user.get_username()):
        AccountMail.objects.owe(user, Kind.NEW_DEVICE, about=about)
    elif Account.objects.of(user).tell_each_sign_in:
        AccountMail.objects.owe(user, Kind.SIGNED_IN, about=about)


def held_back(error):
    """What somebody is told who has no try left just now."""
    minutes, seconds = divmod(error.seconds, 60)
    wait = f"{minutes + 1} minutes" if minutes else f"{seconds} seconds"
    return ValidationError(
        f"There were too many tries that failed. Wait {wait}, then try again. "
        "A link from “Forgot your password?” works at once.",
        code="held_back",
    )


class MFAAdapter(DefaultMFAAdapter):
    def get_totp_issuer(self):
        return self._get_site_name()

    def _get_site_name(self):
        return Clinic.objects.current().name

    def _get_user_identifier(self, user):
        return user.get_username()

    def generate_authenticator_name(self, user, type):
        count = Authenticator.objects.filter(user=user, type=type).count()
        return f"Passkey {count + 1}" if count else "My passkey"

    def build_totp_svg(self, url):
        svg = segno.make(url, error="m").svg_inline(
            scale=5, border=4, dark="#000", light="#fff"
        )
        return mark_safe(svg)  # noqa: S308 - segno draws squares, and puts no text in

    def encrypt(self, text):
        return sealed(text, PURPOSE)

    def decrypt(self, encrypted_text):
        try:
            return unsealed(encrypted_text, PURPOSE)
        except CannotUnseal:
            # The site's secret is another by now: no code is right any more, and none can be foreseen.
            logger.error("A second step cannot be read: was SECRET_KEY changed?")
            return base64.b32encode(secrets.token_bytes(20)).decode()
