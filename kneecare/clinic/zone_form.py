"""The form of the clinic: a change of its time zone is not saved before the owner has seen what it would do."""

from zoneinfo import ZoneInfo

from django import forms

from kneecare.clinic.models import Clinic
from kneecare.clinic.zone_change import zone_change

CONFIRMED = "_zone"  # the button that says so, with the change that it was shown for


class ClinicForm(forms.ModelForm):
    def is_valid(self):
        return super().is_valid() and not self.asks_about_zone

    @property
    def asks_about_zone(self):
        """Whether the zone would be another one, and nobody has confirmed just that."""
        return self._moves and self.data.get(CONFIRMED) != self.zone_token

    @property
    def zone_token(self):
        return f"{self.initial['time_zone']} to {self.cleaned_data['time_zone']}"

    def zone_change(self):
        zones = self.initial["time_zone"], self.cleaned_data["time_zone"]
        return zone_change(*map(ZoneInfo, zones))

    @property
    def _moves(self):
        typed = getattr(self, "cleaned_data", {}).get("time_zone")
        is_stored = Clinic.objects.filter(pk=self.instance.pk).exists()
        return bool(is_stored and typed and "time_zone" in self.changed_data)
