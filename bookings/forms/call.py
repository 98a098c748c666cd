"""The forms about calls: to ask for one or to be called back, and to move one."""

from dataclasses import replace
from datetime import date, timedelta

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone

from bookings import clock
from bookings.forms.enquiry import NO_PHONE, RequestForm, phone_field
from bookings.forms.fields import WordsField
from bookings.forms.layout import SendButton, Step, Wishes
from bookings.forms.slot_picker import CALL_BACK, SlotChoiceMixin, SlotField
from bookings.models import Booking, CallWish, Closure
from bookings.models.call_wish import WISH_NUMBERS
from bookings.waiting.page import minutes_words

CONSENT_CHANGED = "These words have changed. Read them again and tick the box."
TEXTS = "Text me to confirm my call and to remind me. My phone company may charge for texts. I can reply STOP at any time."
NO_PHONE_FOR_TEXTS = "Give your phone number, so that we can text you."
EARLIER = "Write to me when an earlier time becomes free. I then have {} to take it."
MOST_WISH_DAYS = 28


def wish_days(rules, zone):
    """The days to wish for, on the clinic's calendar, as choices."""
    tomorrow = timezone.localdate(timezone=zone) + timedelta(days=1)
    days = [
        tomorrow + timedelta(days=n)
        for n in range(min(rules.horizon_days, MOST_WISH_DAYS))
    ]
    closures = Closure.objects.of_the_clinic().filter(last_day__gte=tomorrow)
    closed = {day for closure in closures for day in days if closure.covers(day)}
    return [
        (day.isoformat(), clock.day_words(day)) for day in days if day not in closed
    ]


class BookingForm(SlotChoiceMixin, RequestForm):
    slot = SlotField(offers_call_back=True)
    phone = phone_field()
    message = WordsField(label="What is going on?", max_length=1000, required=False)
    consent = forms.BooleanField(
        error_messages={"required": "Tick the box, so that we may keep your request."}
    )

    wants_earlier = forms.BooleanField(required=False)
    agrees_to_texts = forms.BooleanField(required=False, label=TEXTS)

    kind = Booking.Kind.DISCOVERY_CALL
    button = "Send my request"
    deleted = "We delete it {days} after your call, or after you ask to be called back."

    def __init__(self, data=None, *, free_times, needs_phone, chosen=None, **kwargs):
        self.consent_version = free_times.rules.consent_version
        if data is None and chosen is None and not free_times.days:
            chosen = CALL_BACK
        initial = {"slot": chosen}
        super().__init__(data, rules=free_times.rules, initial=initial, **kwargs)
        self._offer_waiting_list(free_times.rules)
        if not free_times.rules.texts_on:
            del self.fields["agrees_to_texts"]
        self.fields["consent"].label = free_times.rules.consent_text
        self.fields["phone"].required = needs_phone
        days = wish_days(free_times.rules, free_times.zone)
        for number in WISH_NUMBERS:
            self._add_wish(number, days)
        self.order_as_laid_out()
        self.show(free_times)

    def _offer_waiting_list(self, rules):
        if not rules.offer_minutes:
            del self.fields["wants_earlier"]
            return
        words = minutes_words(rules.offer_minutes)
        self.fields["wants_earlier"].label = EARLIER.format(words)

    def _add_wish(self, number, days):
        self.fields[f"wish_{number}_day"] = forms.TypedChoiceField(
            label=f"Wish {number}: day",
            choices=[("", "Any day"), *days],
            coerce=date.fromisoformat,
            empty_value=None,
            required=False,
            error_messages={"invalid_choice": "Choose another day."},
        )
        self.fields[f"wish_{number}_part"] = forms.ChoiceField(
            label=f"Wish {number}: time of day",
            choices=CallWish.Part,
            initial=CallWish.Part.ANY,
            required=False,
            error_messages={"invalid_choice": "Choose a time of day from the list."},
        )

    def layout(self):
        wishes = [
            f"wish_{number}_{what}"
            for number in WISH_NUMBERS
            for what in ["day", "part"]
        ]
        return Layout(
            Step("Choose a time", "slot", Wishes("When may we call you?", *wishes)),
            Step(
                "Tell us who you are and what is going on",
                *["name", "email", "phone", "message"],
            ),
            Step("Send", *self._ticks(), SendButton(self.button)),
            *self.unseen(),
        )

    def _ticks(self):
        wished = {
            "wants_earlier": bool(self.rules.offer_minutes),
            "agrees_to_texts": self.rules.texts_on,
        }
        return [*(name for name, is_on in wished.items() if is_on), "consent"]

    def clean(self):
        super().clean()
        wants_call_back = self.cleaned_data.get("slot") == CALL_BACK
        if wants_call_back and self.cleaned_data.get("phone") == "":
            self.add_error("phone", NO_PHONE)
        elif self.cleaned_data.get("agrees_to_texts") and (
            self.cleaned_data.get("phone") == ""
        ):
            self.add_error("phone", NO_PHONE_FOR_TEXTS)
        key = self.cleaned_data.get("idempotency_key")
        if key and key.consent_version != self.consent_version:
            self.renew_key()
            self.data.pop("consent", None)
            self.add_error("consent", CONSENT_CHANGED)

    @property
    def wants_call_back(self):
        return self.cleaned_data["slot"] == CALL_BACK

    def call_request(self, client_ip_key):
        request = replace(
            super().call_request(client_ip_key),
            consent_version=self.consent_version,
            agrees_to_texts=self.cleaned_data.get("agrees_to_texts", False),
        )
        if self.wants_call_back:
            return replace(request, kind=Booking.Kind.CALL_BACK, wishes=self._wishes())
        return replace(
            request,
            slot=self.cleaned_data["slot"],
            wants_earlier=self.cleaned_data.get("wants_earlier", False),
        )

    def _wishes(self):
        """What was wished for, once each: ``(day or None, part of the day)``."""
        cleaned = self.cleaned_data
        wished = [
            (cleaned[f"wish_{n}_day"], cleaned[f"wish_{n}_part"] or CallWish.Part.ANY)
            for n in WISH_NUMBERS
        ]
        return tuple(wish for wish in dict.fromkeys(wished) if wish != (None, "any"))


class MoveForm(SlotChoiceMixin, forms.Form):
    slot = SlotField()

    def __init__(self, *args, free_times, **kwargs):
        super().__init__(*args, **kwargs)
        self.show(free_times)
        self.helper = FormHelper()
        self.helper.disable_csrf = True  # no cookie: the page's own key proves more
        self.helper.form_tag = False
        self.helper.layout = Layout("slot", SendButton("Move my call"))
