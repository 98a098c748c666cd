"""What a browser sends of a passkey, read whole before anything is done with it."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from kneecare.core.text.characters import PrintableDecoder

# Characters: that of a key with a long chain of certificates has 8,000.
LONGEST = 16_384
NO_CREDENTIAL = "This is nothing that a passkey says. Try again."


class CredentialField(forms.JSONField):
    """The JSON of a credential (WebAuthn level 3), which ``read`` takes. Raises ``ValidationError`` for all else.

    Whoever asks for the page can send anything, and the libraries behind it tell of it by errors of many kinds.
    """

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__(widget=forms.HiddenInput, decoder=PrintableDecoder)
        self.read = read

    def to_python(self, value: Any) -> Any:
        if len(value or "") > LONGEST:
            raise ValidationError(NO_CREDENTIAL, code="invalid")
        try:
            found = super().to_python(value)
            if found is not None:
                _check_extensions(found)
                self.read(found)
        except ValidationError:
            raise
        except Exception as error:  # reading depends on nothing but on what was sent
            raise ValidationError(NO_CREDENTIAL, code="invalid") from error
        return found

    def bound_data(self, data: Any, initial: Any) -> Any:
        """It is good once: what was sent does not stand in the form that comes back."""
        return initial


def _check_extensions(found: Any) -> None:
    """The library reads all but these, and takes them for what they should be."""
    for whole in (found, found["response"], found.get("clientExtensionResults", {})):
        if not isinstance(whole, dict):
            raise TypeError


class PasskeyForm(LoginWebAuthnForm):
    credential = CredentialField(AuthenticationResponse.from_dict)


class PasskeyStepForm(AuthenticateWebAuthnForm):
    credential = CredentialField(AuthenticationResponse.from_dict)


class PasskeyAgainForm(ReauthenticateWebAuthnForm):
    credential = CredentialField(AuthenticationResponse.from_dict)


class AddPasskeyForm(AddWebAuthnForm):
    """Every key is one that signs in by itself: the device has asked who holds it, and names the account."""

    name = forms.CharField(
        label="Its name",
        max_length=60,
        required=False,
        help_text="Such as “My phone”, to tell it from others.",
    )
    credential = CredentialField(RegistrationResponse.from_dict)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["passwordless"]

    def clean(self) -> Any:
        self.cleaned_data["passwordless"] = True
        return super().clean()
