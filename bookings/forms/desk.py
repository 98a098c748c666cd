"""The front desk's own forms about a request."""

from django import forms
from django.http import QueryDict
from django.utils import timezone

from bookings.availability import grid
from bookings.availability.free_times import FURTHEST
from bookings.forms.enquiry import phone_field
from bookings.forms.fields import OneEmailField, OneLineField, WordsField
from bookings.forms.idempotency_key import IdempotencyKeyField, make_idempotency_key
from bookings.forms.times import NearDayField, TypedTimeField
from bookings.models import Booking, BookingNote, OutboxMail, Slot
from bookings.services import CallRequest
from bookings.services.limits import email_key
from kneecare.clinic.models import Clinician

LONGEST_NOTE = BookingNote._meta.get_field("text").max_length
LONGEST_REPLY = OutboxMail._meta.get_field("text").max_length
LONGEST_LINE = 300
ONE_IS_ENOUGH = "Give a phone number or an e-mail address. One is enough."
WE_CALL = "We call the visitor, so that a phone number is needed."
NO_TIME = "Choose a free time, or give another one below."
TWO_TIMES = "You chose a free time and gave another one. Take one of them out."
NO_REASON = "Say why, in a word or two: this time is not one of the free ones."
SKIPPED = "The clock skips this time on that day. Give another one."
GONE_BY = "This time has gone by."
GONE = "This time has just gone. Choose another one."
CONSENT_CHANGED = (
    "These words have changed. Read them to them again, and tick the box again."
)
SENT_BEFORE = (
    "This form was sent before, with other words, and that request is in the queue. "
    "Send it again only if you want one more."
)
ANOTHER_TIME = ["day", "time", "reason"]


class ContactForm(forms.Form):
    """Who somebody is, and how to reach them: by phone or by e-mail."""

    name = OneLineField(
        label="Name", max_length=80, error_messages={"required": "Give a name."}
    )
    phone = phone_field()
    email = OneEmailField(label="E-mail", max_length=254, required=False)

    def __init__(self, *args, needs_phone=False, **kwargs):
        self.needs_phone = needs_phone
        super().__init__(*args, **kwargs)
        self.fields["phone"].label = "Phone"
        self.fields["name"].widget.attrs["autocomplete"] = "off"

    def clean(self):
        super().clean()
        if self.errors.keys() & {"phone", "email"}:
            return
        phone, email = self.cleaned_data["phone"], self.cleaned_data["email"]
        if self.needs_phone and not phone:
            self.add_error("phone", WE_CALL)
        elif not (phone or email):
            self.add_error("phone", ONE_IS_ENOUGH)

    def who(self):
        """An unsaved request of whoever was typed, as far as what was typed can be read."""
        typed = ContactForm(self.data if self.is_bound else self.initial)
        typed.is_valid()
        email = typed.cleaned_data.get("email", "")
        phone = typed.cleaned_data.get("phone", "")
        return Booking(phone=phone, email_key=email_key("mailbox", email))


class NewRequestForm(ContactForm):
    """A call that staff book for somebody: at a free time, or at another one for a reason."""

    slot = forms.ModelChoiceField(
        # Any time that there is: whether it can still be had is known only when it is taken.
        queryset=Slot.objects.all(),
        required=False,
        error_messages={"invalid_choice": "There is no such time. Choose another one."},
    )
    clinician = forms.ModelChoiceField(
        Clinician.objects.shown(), label="With", required=False, empty_label=None
    )
    day = NearDayField(
        days_ahead=FURTHEST.days,
        label="Day",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    time = TypedTimeField(label="Time", required=False, help_text="Such as 1:30 pm.")
    reason = OneLineField(label="Why this time", max_length=200, required=False)
    note = WordsField(
        label="Note",
        max_length=LONGEST_NOTE,
        required=False,
        help_text="Only staff read it. It is deleted 30 days after the call at the latest.",
    )
    agreed = forms.BooleanField(
        error_messages={"required": "Read the words to them first, and tick the box."}
    )
    idempotency_key = IdempotencyKeyField(widget=forms.HiddenInput)

    data: QueryDict

    def __init__(self, data=None, *, rules, zone, initial=None, **kwargs):
        self.rules, self.zone = rules, zone
        key = {"idempotency_key": make_idempotency_key(rules.consent_version)}
        # A copy, because a key that is no longer good is changed for a new one.
        data = None if data is None else data.copy()
        super().__init__(data, initial={**key, **(initial or {})}, **kwargs)
        self.fields["name"].widget.attrs["autofocus"] = True
        self.fields["agreed"].label = f"They agree: “{rules.consent_text}”"

    @property
    def gives_another_time(self):
        return any(self[name].value() for name in ANOTHER_TIME)

    def clean(self):
        super().clean()
        self._clean_key()
        self._clean_time()

    def _clean_key(self):
        key = self.cleaned_data.get("idempotency_key")
        if key is None:
            self._renew_key()
        elif key.consent_version != self.rules.consent_version:
            self._renew_key()
            self.data.pop("agreed", None)
            self.add_error("agreed", CONSENT_CHANGED)

    def _renew_key(self):
        key = make_idempotency_key(self.rules.consent_version)
        self.data["idempotency_key"] = key

    def _clean_time(self):
        if self.errors.keys() & {"slot", *ANOTHER_TIME}:
            return
        cleaned = self.cleaned_data
        another = cleaned["day"] or cleaned["time"]
        if cleaned["slot"] and another:
            self.add_error("slot", TWO_TIMES)
        elif another:
            self._clean_another_time()
        elif not cleaned["slot"]:
            self.add_error("slot", NO_TIME)

    def _clean_another_time(self):
        cleaned = self.cleaned_data
        for name, words in {
            "day": "Give the day too.",
            "time": "Give the time too.",
            "reason": NO_REASON,
            "clinician": "Say with whom.",
        }.items():
            if name not in self.errors and not cleaned[name]:
                self.add_error(name, words)
        if self.errors.keys() & {"clinician", *ANOTHER_TIME}:
            return
        starts_at = grid.moment(cleaned["day"], cleaned["time"], self.zone)
        if starts_at is None:
            self.add_error("time", SKIPPED)
        elif starts_at <= timezone.now():
            self.add_error("time", GONE_BY)
        else:
            cleaned["slot"] = Slot(
                clinician=cleaned["clinician"],
                starts_at=starts_at,
                ends_at=starts_at + self.rules.length,
                state=Slot.State.ASSIGNED,
            )

    def refuse_time(self):
        self.add_error("slot", GONE)

    def refuse_reuse(self):
        self._renew_key()
        self.add_error(None, SENT_BEFORE)

    def call_request(self, by):
        cleaned = self.cleaned_data
        why = cleaned["reason"] and f"Why this time: {cleaned['reason']}"
        return CallRequest(
            kind=Booking.Kind.DISCOVERY_CALL,
            idempotency_key=cleaned["idempotency_key"].value,
            name=cleaned["name"],
            email=cleaned["email"],
            phone=cleaned["phone"],
            slot=cleaned["slot"],
            consent_version=self.rules.consent_version,
            booked_by=by,
            note="\n".join(filter(None, [why, cleaned["note"]])),
        )


class LineForm(forms.Form):
    line = WordsField(
        label="A line of your own for the mail",
        max_length=LONGEST_LINE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        help_text="Optional. Write no word about health: mail can be read on its way.",
    )


class ReplyForm(forms.Form):
    text = WordsField(
        label="Your reply",
        max_length=LONGEST_REPLY,
        widget=forms.Textarea(attrs={"rows": 10, "cols": 60}),
        help_text="Greeting, name of the clinic and a link to the request are added. Write no word about health: mail can be read on its way.",
        error_messages={"required": "Write the reply first."},
    )
