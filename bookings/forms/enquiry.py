from dataclasses import replace

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.http import QueryDict

from bookings.forms import email_typos
from bookings.forms.fields import (
    OneEmailField,
    OneLineField,
    PhoneField,
    ReferrerField,
    WordsField,
    ZoneField,
)
from bookings.forms.idempotency_key import IdempotencyKeyField, make_idempotency_key
from bookings.forms.layout import SendButton
from bookings.models import Booking
from bookings.services import CallRequest, limits

NO_PHONE = "Give your phone number, so that we can call you."
WHO_READS_IT = "Only clinic staff who have signed in can read this."
DELETED = "We delete it {days} after you send it."
SENT_BEFORE = (
    "You sent this form before, with other words, and we have it. "
    "Send it again only if you want to ask for something new."
)
DID_YOU_MEAN = (
    "Did you mean {meant}? Then change it. "
    "If your address is right as it is, send the form again."
)
HIDDEN = ["idempotency_key", "referrer", "email_asked", "visitor_zone"]


def phone_field():
    return PhoneField(
        label="Your phone",
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        error_messages={
            "required": NO_PHONE,
            "invalid": "Give a phone number with its area code.",
        },
    )


class RequestForm(forms.Form):
    """What every form to the clinic has: who asks, in what words, and the hidden key that tells forms apart."""

    name = OneLineField(
        label="Your name",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Give your name."},
    )
    email = OneEmailField(
        label="Your e-mail",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": "Give your e-mail address."},
        help_text="We answer to this address.",
    )
    idempotency_key = IdempotencyKeyField(required=False, widget=forms.HiddenInput)
    referrer = ReferrerField(required=False, widget=forms.HiddenInput)
    # The e-mail that we asked about: whoever sends it again unchanged means it.
    email_asked = forms.CharField(required=False, widget=forms.HiddenInput)
    visitor_zone = ZoneField()
    # People do not see it. A program that fills in every field gives itself away.
    website = forms.CharField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    kind: str
    button = "Send"
    deleted = DELETED
    consent_version = 0

    data: QueryDict

    def __init__(self, data=None, *, rules, referrer="", initial=None):
        self.rules = rules
        key = make_idempotency_key(self.consent_version)
        super().__init__(
            # A copy, because a key that is no longer good is changed for a new one.
            None if data is None else data.copy(),
            initial={"idempotency_key": key, "referrer": referrer, **(initial or {})},
        )
        self.fields["message"].help_text = self.who_reads_it()
        self.helper = FormHelper()
        self.helper.disable_csrf = True  # no cookie: see bookings.views.same_origin
        # A browser that fills the form in again after a step back shows a patient's words to whoever sits there next,
        # and chooses the time that now stands in the old one's place.
        self.helper.attrs = {"autocomplete": "off"}
        self.helper.layout = self.layout()
        self.order_as_laid_out()

    def who_reads_it(self):
        days = self.rules.message_days
        deleted = self.deleted.format(days="1 day" if days == 1 else f"{days} days")
        return f"{WHO_READS_IT} {deleted}"

    def order_as_laid_out(self):
        """The list of what to put right follows the page."""
        laid_out = self.helper.layout.get_field_names()
        self.order_fields([pointer.name for pointer in laid_out])

    def layout(self):
        hidden = {*HIDDEN, "website"}
        seen = [name for name in self.fields if name not in hidden]
        return Layout(*seen, *self.unseen(), SendButton(self.button))

    def unseen(self):
        trap = Div("website", css_class="visually-hidden", aria_hidden="true")
        return [*HIDDEN, trap]

    def clean_email(self):
        email = self.cleaned_data["email"]
        meant = email_typos.meant(email)
        if meant and self.data.get("email_asked") != email:
            self.data["email_asked"] = email
            raise forms.ValidationError(DID_YOU_MEAN.format(meant=meant))
        return email

    def clean(self):
        if "idempotency_key" not in self.cleaned_data:
            self.renew_key()

    def call_request(self, client_ip_key):
        """What the visitor asks for, to be given to ``bookings.services.submit``."""
        cleaned = self.cleaned_data
        return CallRequest(
            kind=self.kind,
            idempotency_key=cleaned["idempotency_key"].value,
            name=cleaned["name"],
            email=cleaned["email"],
            phone=cleaned.get("phone", ""),
            message=cleaned["message"],
            referrer=cleaned["referrer"],
            visitor_zone=cleaned["visitor_zone"],
            client_ip_key=client_ip_key,
            form_key=limits.form_key(cleaned["idempotency_key"].form),
            suspicion=self._suspicion(),
        )

    def _suspicion(self):
        """What the form gives away, with spaces between."""
        reasons = {
            Booking.Suspicion.HIDDEN_FIELD: self.cleaned_data["website"],
            Booking.Suspicion.TOO_FAST: self.cleaned_data[
                "idempotency_key"
            ].is_too_fast,
        }
        return " ".join(reason for reason, applies in reasons.items() if applies)

    def refuse_reuse(self):
        self.renew_key()
        self.add_error(None, SENT_BEFORE)

    def renew_key(self):
        before = self.cleaned_data.get("idempotency_key")
        key = make_idempotency_key(self.consent_version, before=before)
        self.data["idempotency_key"] = key


class SayHiForm(RequestForm):
    message = WordsField(
        label="What would you like to say?",
        max_length=1000,
        error_messages={"required": "Write a few words."},
    )

    kind = Booking.Kind.SAY_HI
    button = "Say hi"


class JoinForm(RequestForm):
    phone = phone_field()
    message = WordsField(label="What should we know?", max_length=1000, required=False)

    kind = Booking.Kind.JOIN_PROGRAM
    field_order = ["name", "email", "phone", "message"]

    def __init__(self, *args, program, **kwargs):
        self.program = program
        self.button = program.action_label
        super().__init__(*args, **kwargs)

    def call_request(self, client_ip_key):
        return replace(super().call_request(client_ip_key), program=self.program)
