import re

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.http import QueryDict

from bookings.forms import email_typos
from bookings.forms.fields import OneEmailField, OneLineField, PhoneField, WordsField
from bookings.forms.idempotency_key import make_form_key, read_form_key
from bookings.forms.layout import SendButton
from bookings.forms.zone_field import ZoneField
from bookings.models import Booking

# Where a visitor may have come from, as far as we remember it: a page that everybody can open.
PUBLIC_PAGE = re.compile(
    r"/(?:(?:articles|topics|exercises|routines|programs)/[\w/-]*|where-does-it-hurt/)?",
    re.ASCII,
)
WHO_READS_IT = "Only clinic staff who have signed in can read this."
DELETED = "We delete it {days} after you send it."
KEY_TOO_OLD = (
    "We could not tell which form this is. Your words are still here. Send it again."
)
SENT_BEFORE = (
    "You sent this form before, with other words, and we have it. "
    "Send it again only if you want to ask for something new."
)
DID_YOU_MEAN = (
    "Did you mean {meant}? Then change it. "
    "If your address is right as it is, send the form again."
)
HIDDEN = ["form_key", "source", "email_asked", "visitor_zone"]


def days_words(days):
    return "1 day" if days == 1 else f"{days} days"


def public_path(text):
    """``text`` where it is the address of a page that everybody can open; else nothing."""
    return text if len(text) <= 200 and PUBLIC_PAGE.fullmatch(text) else ""


def phone_field():
    return PhoneField(
        label="Your phone",
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        error_messages={
            "invalid": "Give a phone number with its area code, or leave this empty."
        },
    )


class FormKeyField(forms.Field):
    def to_python(self, value):
        key = read_form_key(value or "")
        if key is None:
            raise forms.ValidationError(KEY_TOO_OLD)
        return key


class SourceField(forms.Field):
    """The page that led to the form. The visitor did not type it: what is odd about it is dropped, not refused."""

    def to_python(self, value):
        return public_path(value or "")


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
    form_key = FormKeyField(required=False, widget=forms.HiddenInput)
    source = SourceField(required=False, widget=forms.HiddenInput)
    # The address that we asked about: whoever sends it again unchanged means it.
    email_asked = forms.CharField(required=False, widget=forms.HiddenInput)
    visitor_zone = ZoneField()
    # People do not see it. A program that fills in every field gives itself away.
    website = forms.CharField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    button = "Send"
    consent_version = 0

    data: QueryDict

    def __init__(self, data=None, *, rules, source="", initial=None):
        self.rules = rules
        hidden = {"form_key": make_form_key(self.consent_version), "source": source}
        super().__init__(
            # A copy, because a key that is no longer good is changed for a new one.
            None if data is None else data.copy(),
            initial={**hidden, **(initial or {})},
        )
        self.fields["message"].help_text = self.who_reads_it()
        self.helper = FormHelper()
        self.helper.disable_csrf = True  # no cookie: see bookings.views.same_origin
        self.helper.layout = self.layout()

    def who_reads_it(self):
        deleted = DELETED.format(days=days_words(self.rules.message_days))
        return f"{WHO_READS_IT} {deleted}"

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
        if "form_key" not in self.cleaned_data:
            self.renew_key()

    def content(self):
        """What the visitor said, the key of the form that they said it in, and whether a program may have."""
        said = ["name", "email", "phone", "message", "source", "visitor_zone"]
        cleaned = self.cleaned_data
        content = {name: cleaned[name] for name in said if name in cleaned}
        key = {"submission_key": cleaned["form_key"].submission}
        return {**content, **key, "suspicion": self._suspicion()}

    def _suspicion(self):
        if self.cleaned_data["website"]:
            return Booking.Suspicion.HIDDEN_FIELD
        too_fast = self.cleaned_data["form_key"].is_too_fast
        return Booking.Suspicion.TOO_FAST if too_fast else ""

    def refuse_reuse(self):
        self.renew_key()
        self.add_error(None, SENT_BEFORE)

    def renew_key(self):
        self.data["form_key"] = make_form_key(self.consent_version)


class SayHiForm(RequestForm):
    message = WordsField(
        label="What would you like to say?",
        max_length=1000,
        error_messages={"required": "Write a few words."},
    )

    button = "Say hi"


class JoinForm(RequestForm):
    phone = phone_field()
    message = WordsField(label="What should we know?", max_length=1000, required=False)

    field_order = ["name", "email", "phone", "message"]

    def __init__(self, *args, program, **kwargs):
        self.button = program.action_label
        super().__init__(*args, **kwargs)
