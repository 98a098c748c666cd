"""Choosing a time: radio buttons by day, and last a button for who finds none that fits."""

from typing import Any

from django import forms
from django.utils.choices import CallableChoiceIterator

from bookings.availability.free_times import FreeTimes
from bookings.models import Slot

CALL_BACK = "call_back"
TAKEN = (
    "Sorry, this time has just gone. Your words are still here. Choose another time."
)


class SlotPicker(forms.RadioSelect):
    template_name = "bookings/_slot_picker.html"
    free_times: FreeTimes
    offers_call_back = False

    def create_option(self, *args, **kwargs):
        """One button; that the choice is wrong is said of the group, once, and not of each of its times."""
        option = super().create_option(*args, **kwargs)
        option["attrs"].pop("aria-invalid", None)
        return option

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        if self.offers_call_back:
            context["call_back"] = {
                "id": f"{context['widget']['attrs'].get('id', name)}_{CALL_BACK}",
                "is_chosen": CALL_BACK in context["widget"]["value"],
            }
        return {**context, "free_times": self.free_times}


class SlotBoundField(forms.BoundField):
    """Its help is of the times: made when the form is shown, as they are, and not when it is checked."""

    @property
    def help_text(self):
        return self.field.widget.free_times.zone_help()

    @help_text.setter
    def help_text(self, text):
        """Django's own, which is empty."""


class SlotField(forms.ModelChoiceField):
    """A time, or ``CALL_BACK`` where the form offers that."""

    bound_field_class = SlotBoundField

    def __init__(self, *, offers_call_back=False):
        self.offers_call_back = offers_call_back
        super().__init__(
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
        self.widget.offers_call_back = offers_call_back

    def to_python(self, value):
        if self.offers_call_back and value == CALL_BACK:
            return CALL_BACK
        return super().to_python(value)


class SlotChoiceMixin:
    """A form whose ``slot`` is chosen from the free times."""

    fields: dict[str, Any]
    cleaned_data: dict[str, Any]
    add_error: Any
    free_times: FreeTimes

    def show(self, free_times):
        self.free_times = free_times
        self._list(free_times.choices)

    def refuse_time(self):
        """Say that the time is gone, and offer what is free now, the nearest first."""
        wanted = self.cleaned_data["slot"].starts_at
        self.free_times.read_again()
        nearest = self.free_times.nearest_choices(wanted)
        self._list(lambda: nearest + self.free_times.choices())
        self.add_error("slot", TAKEN)

    def _list(self, choices):
        """Show what the function ``choices`` gives, which is called when the form is rendered."""
        widget = self.fields["slot"].widget
        widget.free_times = self.free_times
        widget.choices = CallableChoiceIterator(choices)
