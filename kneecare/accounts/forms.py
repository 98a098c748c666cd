"""What staff type to sign in, and to change how they do."""

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal import auth as totp
from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError

from kneecare.accounts import throttle
from kneecare.accounts.adapters import held_back
from kneecare.accounts.events import Event, tell
from kneecare.accounts.models import Account

if TYPE_CHECKING:
    Form = Any
else:
    Form = forms.Form

EMAIL_IS_TAKEN = "Another account has this e-mail. Each person needs one of their own."


class SignInForm(AdminAuthenticationForm):
    def clean(self):
        username = self.cleaned_data.get("username")
        password = self.cleaned_data.get("password")
        if username and password:
            self.user_cache = get_adapter().authenticate(
                self.request, username=username, password=password
            )
            if self.user_cache is None:
                raise self.get_invalid_login_error()
            self.confirm_login_allowed(self.user_cache)
        return self.cleaned_data


class _CountedCode(Form):
    """A code that is guessed at as a password is: counted in the database, and good once."""

    code: Any = forms.CharField(
        label="Code",
        help_text="The six digits that your app shows, or one of your recovery codes.",
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": ""}
        ),
    )

    def clean_code(self):
        request = context.request
        try:
            tried = throttle.begin(request, self.user.get_username(), what="code")
        except throttle.TooManyTries as error:
            tell(Event.HELD_BACK, request=request, user=self.user)
            raise held_back(error) from error
        code = super().clean_code()
        if self.authenticator.type == self.authenticator.Type.TOTP:
            self._use_up(code)
        tried.forgive()
        return code

    def _use_up(self, code):
        secret = totp.decrypt(self.authenticator.data["secret"])
        if not _use_up(self.user, secret, code):
            raise ValidationError("This code was used before. Wait for the next one.")

    def _emit_authentication_failed(self, authenticator):
        super()._emit_authentication_failed(authenticator)
        # As of a wrong password, for whoever hears of those.
        user_login_failed.send(
            sender=__name__,
            credentials={"username": self.user.get_username()},
            request=context.request,
        )
        tell(Event.CODE_FAILED, request=context.request, user=self.user)


def _use_up(user, secret, code):
    """Whether ``code`` was good until now; from now on it is not."""
    matching = [
        counter
        for counter in totp.yield_hotp_counters_from_time()
        if compare_user_code(
            actual=code,
            expected=totp.format_hotp_value(totp.hotp_value(secret, counter)),
        )
    ]
    return bool(matching) and Account.objects.use_totp_counter(user, matching[0])


class AddAppForm(ActivateTOTPForm):
    """The code that adds an app signs nobody in."""

    def clean_code(self):
        code = super().clean_code()
        # One of a half minute of which the app before it has used a code is used up already.
        _use_up(self.user, self.secret, code)
        return code


class CodeForm(_CountedCode, AuthenticateForm):
    pass


class CodeAgainForm(_CountedCode, ReauthenticateForm):
    pass


class AskForLinkForm(forms.Form):
    email = forms.EmailField(
        label="Your e-mail",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": ""}),
    )


class OwnPasswordForm(PasswordChangeForm):
    def clean_old_password(self):
        old_password = self.cleaned_data["old_password"]
        if not get_adapter().reauthenticate(self.user, old_password):
            raise ValidationError(
                self.error_messages["password_incorrect"], code="password_incorrect"
            )
        return old_password


class FirstPasswordForm(SetPasswordForm):
    """In the place of a password that somebody else has seen; and an e-mail, as links go there."""

    email = forms.EmailField(
        label="Your e-mail",
        help_text="A link for a new password and news of your account go there.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        self.fields["email"].initial = user.email

    def clean_email(self):
        return unique_email(self.cleaned_data["email"], besides=self.user)

    def save(self, commit=True):
        self.user.email = self.cleaned_data["email"]
        return super().save(commit)


def unique_email(email, *, besides):
    """``email``, where no other account has it: a link for a new password has to lead to one."""
    others = get_user_model().objects.filter(email__iexact=email)
    if others.exclude(pk=besides.pk).exists():
        raise ValidationError(EMAIL_IS_TAKEN)
    return email
