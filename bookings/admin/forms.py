from django import forms

from bookings.availability.free_times import Offer
from bookings.models import BookingNote, Slot


class DeskOffer(Offer):
    """The times that staff may give away: neither notice nor horizon nor a full day binds them."""

    def _bookable(self):
        return Slot.objects.assignable().select_related("clinician")


class MoveForm(forms.Form):
    slot = forms.ModelChoiceField(
        # Any time that there is: whether it can still be had is known only when it is taken.
        queryset=Slot.objects.all(),
        error_messages={
            "required": "Choose a time.",
            "invalid_choice": "There is no such time. Choose one of these.",
        },
    )


class NoteForm(forms.Form):
    text = forms.CharField(
        label="Note",
        max_length=BookingNote._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        help_text="Only staff read it. It is deleted together with what the visitor wrote.",
        error_messages={"required": "Write the note first."},
    )
