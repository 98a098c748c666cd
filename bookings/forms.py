import re
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import ButtonHolder, Fieldset, Layout, Submit
from django import forms
from django.http import QueryDict

from bookings.fields import OneEmailField, OneLineField, PhoneField, WordsField
from bookings.form_key import make_form_key, read_form_key
from bookings.models import Slot
from bookings.offer import Offer

# Where a visitor may have come from, as far as we remember it: a page that everybody can open.
PUBLIC_PAGE = re.compile(
    r"/(?:(?:articles|topics|exercises|routines|programs)/[\w/-]*|where-does-it-hurt/)?",
    re.ASCII,
)
WHO_READS_IT = "Only clinic staff who have signed in can read this. We delete it 30 days after {event}."
KEY_TOO_OLD = (
    "We could not tell which form this is. Your words are still here. Send it again."
)
SENT_BEFORE = (
    "You sent this form before, with other words, and we have it. "
    "Send it again only if you want to ask for something new."
)
CONSENT_CHANGED = "These words have changed. Read them again and tick the box."
TAKEN = (
    "Sorry, this time has just gone. Your words are still here. Choose another time."
)


def phone_field():
    return PhoneField(
        label="Your phone",
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        error_messages={
            "invalid": "Give a phone number with its area code, or leave this empty."
        },
    )


class Step(Fieldset):
    """A numbered part of a long form: its heading and its fields."""

    template = "%s/layout/step.html"


class FormKeyField(forms.Field):
    def to_python(self, value):
        key = read_form_key(value or "")
        if key is None:
            raise forms.ValidationError(KEY_TOO_OLD)
        return key


class SourceField(forms.Field):
    """The page that led to the form. The visitor did not type it: what is odd about it is dropped, not refused."""

    def to_python(self, value):
        source = value or ""
        return source if len(source) <= 200 and PUBLIC_PAGE.fullmatch(source) else ""


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

    button = "Send"
    consent_version = 0

    data: QueryDict

    def __init__(self, data=None, *, source=""):
        super().__init__(
            # A copy, because a key that is no longer good is changed for a new one.
            None if data is None else data.copy(),
            initial={"form_key": make_form_key(self.consent_version), "source": source},
        )
        self.helper = FormHelper()
        self.helper.disable_csrf = True  # no cookie: see bookings.origin
        self.helper.layout = self.layout()

    def layout(self):
        return Layout(*self.fields, self.send())

    def send(self):
        return ButtonHolder(Submit("send", self.button))

    def clean(self):
        if "form_key" not in self.cleaned_data:
            self.renew_key()

    def content(self):
        """What the visitor said, and the key of the form that they said it in."""
        said = ["name", "email", "phone", "message", "source"]
        cleaned = self.cleaned_data
        content = {name: cleaned[name] for name in said if name in cleaned}
        return {**content, "submission_key": cleaned["form_key"].submission}

    def refuse_reuse(self):
        self.renew_key()
        self.add_error(None, SENT_BEFORE)

    def renew_key(self):
        self.data["form_key"] = make_form_key(self.consent_version)


class SayHiForm(RequestForm):
    message = WordsField(
        label="What would you like to say?",
        max_length=1000,
        help_text=WHO_READS_IT.format(event="you send it"),
        error_messages={"required": "Write a few words."},
    )

    button = "Say hi"


class JoinForm(RequestForm):
    phone = phone_field()
    message = WordsField(
        label="What should we know?",
        max_length=1000,
        required=False,
        help_text=WHO_READS_IT.format(event="you send it"),
    )

    field_order = ["name", "email", "phone", "message"]

    def __init__(self, *args, program, **kwargs):
        self.button = program.action_label
        super().__init__(*args, **kwargs)


class SlotPicker(forms.RadioSelect):
    template_name = "bookings/_slot_picker.html"
    offer: Offer

    def get_context(self, name, value, attrs):
        return {**super().get_context(name, value, attrs), "offer": self.offer}


class BookingForm(RequestForm):
    slot = forms.ModelChoiceField(
        # Any time that there is: whether it can still be had is known only when it is booked.
        queryset=Slot.objects.all(),
        label="Free times",
        widget=SlotPicker,
        empty_label=None,
        error_messages={
            "required": "Choose a time for your call.",
            "invalid_choice": "There is no such time. Choose one of these.",
        },
    )
    phone = phone_field()
    message = WordsField(
        label="What is going on?",
        max_length=1000,
        required=False,
        help_text=WHO_READS_IT.format(event="your call"),
    )
    consent = forms.BooleanField(
        error_messages={"required": "Tick the box, so that we may keep your request."}
    )

    field_order = ["slot", "name", "email", "phone", "message", "consent"]
    button = "Ask for this call"

    def __init__(self, *args, offer, **kwargs):
        self.offer = offer
        self.consent_version = offer.rules.consent_version
        super().__init__(*args, **kwargs)
        self.fields["consent"].label = offer.rules.consent_text
        self.fields["slot"].help_text = offer.zone_help()
        self._show(offer.choices())

    def layout(self):
        return Layout(
            Step("Choose a time", "slot"),
            Step(
                "Tell us who you are and what is going on",
                *["name", "email", "phone", "message"],
            ),
            Step("Send", "consent", self.send()),
            *["form_key", "source"],
        )

    def clean(self):
        super().clean()
        key = self.cleaned_data.get("form_key")
        if key and key.consent_version != self.consent_version:
            self.renew_key()
            del self.data["consent"]
            self.add_error("consent", CONSENT_CHANGED)

    def content(self):
        consent = {"consent_version": self.consent_version}
        return {**super().content(), "slot": self.cleaned_data["slot"], **consent}

    def refuse_time(self):
        """Say that the time is gone, and offer what is free now, the nearest first."""
        wanted = self.cleaned_data["slot"].starts_at
        self.offer.read()
        self._show(self.offer.nearest_choices(wanted) + self.offer.choices())
        self.add_error("slot", TAKEN)

    def _show(self, choices):
        widget: Any = self.fields["slot"].widget
        widget.offer = self.offer
        widget.choices = choices
