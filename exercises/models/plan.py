from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from exercises.dose import provenance
from kneecare.clinic.models import Clinician
from kneecare.publishing.models import Act, Signable, Signature

# Programs of fewer than four exercises go with better adherence (Bachmann 2018, a review of 14 studies).
MOST_ADVISED = 3
PLAN = ["weeks", "days_per_week", "rest_between", "green_to", "amber_to"]


class Plan(models.Model):
    """How often to do some exercises, the rest between them, and how much it may hurt; for many or for one person."""

    items: Any  # its exercises, which each kind of plan has

    days_per_week = models.PositiveSmallIntegerField(
        "days a week",
        null=True,
        blank=True,
        help_text="Empty when it is not stated.",
    )
    weeks = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MaxValueValidator(52)],
        help_text="For how many weeks. Empty when it is not stated.",
    )
    rest_between = models.PositiveSmallIntegerField(
        "rest between exercises (seconds)",
        null=True,
        blank=True,
        validators=[MaxValueValidator(3600)],
        help_text="Empty when it is not stated: patients then rest as long as they need.",
    )
    green_to = models.PositiveSmallIntegerField(
        "green up to",
        null=True,
        blank=True,
        help_text="The last number on a scale of 0 to 10 at which pain is fine.",
    )
    amber_to = models.PositiveSmallIntegerField(
        "amber up to",
        null=True,
        blank=True,
        help_text="The last number at which a patient may go on with care. Above it, patients stop.",
    )
    pain_source = models.CharField(
        "source of the limits",
        max_length=200,
        blank=True,
        help_text="The text that states these limits, with its author. Patients read it beside them.",
    )
    pain_set_by = models.ForeignKey(
        Clinician,
        verbose_name="limits set by clinician",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    pain_set_on = models.DateField("limits set on", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_days_fit_in_a_week",
                condition=Q(days_per_week=None) | Q(days_per_week__range=(1, 7)),
                violation_error_message="Days a week run from 1 to 7.",
            ),
            models.CheckConstraint(
                name="%(class)s_weeks_start_at_one",
                condition=Q(weeks=None) | Q(weeks__gte=1),
                violation_error_message="Weeks start at 1. Leave the field empty for not stated.",
            ),
            models.CheckConstraint(
                name="%(class)s_pain_guide_runs_from_green_to_red",
                condition=Q(green_to=None, amber_to=None)
                | Q(
                    green_to__isnull=False,
                    amber_to__isnull=False,
                    amber_to__gt=F("green_to"),
                    amber_to__lte=9,
                ),
                violation_error_message="Give both limits of the pain guide or neither. "
                "Amber ends above green and at 9 or lower.",
            ),
            models.CheckConstraint(
                name="%(class)s_pain_guide_says_whose_it_is",
                condition=Q(green_to=None)
                | (Q(pain_set_by=None, pain_set_on=None) & ~Q(pain_source=""))
                | Q(pain_set_by__isnull=False, pain_set_on__isnull=False),
                violation_error_message="Say whose limits the pain guide has: "
                "their source, or the clinician and the day.",
            ),
        ]

    def plan(self):
        """Its fields, as a ``RoutineSnapshot`` calls them too."""
        fields = {name: getattr(self, name) for name in PLAN}
        return fields | {"pain_provenance": self.pain_provenance}

    @property
    def pain_provenance(self):
        """Whose limits the pain guide has, in a few words; "" where it has none, or nobody has signed for them."""
        if self.green_to is None:
            return ""
        return provenance(self.pain_signature, self.pain_source, is_claimed=False)

    @property
    def pain_signature(self):
        """That of the clinician who set just these limits here; ``None`` where nobody has."""
        if self.pain_set_by_id is None:
            return None
        found = Signature.objects.holding(self.pain_to_sign())
        return found.filter(clinician=self.pain_set_by_id).first()

    def pain_to_sign(self):
        """With the exercises that the limits are for, whatever their order."""
        content = {
            "green_to": self.green_to,
            "amber_to": self.amber_to,
            "exercises": sorted(self.items.values_list("exercise", flat=True)),
        }
        return Signable(Act.PAIN, self, content)
