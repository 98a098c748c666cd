"""The form of a handout, and the rows of its exercises."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from exercises.models import Handout
from exercises.models.handout import LONGEST
from kneecare.clinic.models import Clinic
from kneecare.core.identifiers import parse_id
from kneecare.core.people import name_of


def today():
    return timezone.localdate(timezone=Clinic.objects.current_zone())


class HandoutForm(forms.ModelForm):
    """Knows which save it was opened on (``seen``): who saves over another's work has been told of it."""

    is_checked = forms.BooleanField(
        label="The clinician has checked it for this person, as it stands now",
        required=False,
        help_text="The patient then reads who checked it and when, else that the clinical review is pending. "
        "It holds until something changes: tick it again then. Only the clinician, by their own account, can tick it.",
    )
    signer: Any = None  # the clinician who fills in the form; nobody for other staff

    class Meta:
        model = Handout
        fields: Any = []  # the admin says which
        widgets = {"note": forms.Textarea(attrs={"rows": 4})}
        labels = {"rest_between": "Rest between exercises (s)"}
        help_texts = dict.fromkeys(
            ["days_per_week", "weeks", "rest_between", "green_to", "amber_to"], ""
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.signer is None and "is_checked" in self.fields:
            self.fields["is_checked"].disabled = True

    @property
    def is_stale(self):
        seen = self.data.get("seen", "")
        return bool(self.instance.pk) and seen != str(self.instance.revision)

    @property
    def stale_words(self):
        live = self.instance.live_version
        who = name_of(live.made_by) or "Somebody"
        words = f"{who} saved this handout after you had opened it: it is version {live.number} now. "
        if not parse_id(self.data.get("seen")):
            words = f"What was sent does not say which save of this handout you had opened: it is version {live.number} now. "
        return f"{words}Yours is not saved yet. All that you typed is still below. Save again to put yours in its place."

    def clean_expires_on(self):
        day, first = self.cleaned_data["expires_on"], self.instance.made_on or today()
        last = today() + LONGEST
        if not first < day <= last:
            span = " and ".join(date_format(each, "F j, Y") for each in [first, last])
            raise ValidationError(f"Choose a day between {span}.")
        return day

    def clean(self):
        if self.is_stale:
            raise ValidationError(self.stale_words, code="saved_meanwhile")
        return super().clean()
