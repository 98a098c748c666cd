"""Exercises for one person, at a secret URL. No field is for who that person is."""

import base64
import re
import secrets
from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse

from exercises.dose import DoseSnapshot
from exercises.models.dose import StatedDose
from exercises.models.dose_constraints import ALL, STATES, empty
from exercises.models.exercise import Exercise
from exercises.models.handout_version import HandoutVersion
from exercises.models.plan import Plan
from exercises.snapshots import ItemSnapshot, RoutineSnapshot
from kneecare.clinic.models import Clinician
from kneecare.core.identifiers import readable_code

LONGEST = timedelta(days=366)  # from today
E_MAIL = re.compile(r"\S@\S+\.\S")


def make_code():
    """128 random bits as 26 letters and digits, none of which look alike."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()


def make_reference():
    return readable_code(6)


def validate_names_nobody(text):
    if E_MAIL.search(text):
        raise ValidationError(
            "Leave the e-mail address out: a handout does not say whose it is."
        )


def of_published():
    return Q(pk__in=Exercise.objects.published().order_by())


class HandoutQuerySet(models.QuerySet):
    def readable(self, *, on):
        """What may be read on ``on``, a day by the clinic's clock."""
        return self.filter(withdrawn_on=None, expires_on__gte=on)

    def ended_before(self, day):
        """What ended, or was withdrawn, before ``day``."""
        return self.filter(Q(expires_on__lt=day) | Q(withdrawn_on__lt=day))

    def with_version(self):
        return self.select_related("live_version__author", "live_version__reviewer")

    def with_sheet(self, number):
        """Attach what version ``number`` said, as ``sheet_data``; ``None`` where there is no such version."""
        versions = HandoutVersion.objects.filter(page=OuterRef("pk"), number=number)
        return self.annotate(sheet_data=Subquery(versions.values("data")))


class Handout(Plan):
    """The draft, which patients never read: they read its ``live_version``.

    The code is the key to it and stands nowhere but in its URL. Staff speak of it by its reference, which
    opens nothing.
    """

    code = models.CharField(
        max_length=26, unique=True, default=make_code, editable=False
    )
    reference = models.CharField(
        max_length=6, unique=True, default=make_reference, editable=False
    )
    title = models.CharField(
        max_length=120,
        default="Your exercises",
        validators=[validate_names_nobody],
        help_text="The patient reads it. Do not write who it is for.",
    )
    note = models.TextField(
        "note to the patient",
        blank=True,
        max_length=1000,
        validators=[validate_names_nobody],
        help_text="It stands at the top. Do not write a name or an e-mail address.",
    )
    clinician = models.ForeignKey(
        Clinician,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who stands behind it. Doses that you change here are theirs to set: they sign for them by saving it with their own account.",
    )
    made_on = models.DateField(editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    expires_on = models.DateField(
        "last day", help_text="The page works until this day is over."
    )
    withdrawn_on = models.DateField(null=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    live_version = models.ForeignKey(
        "HandoutVersion",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    review_page = "review"  # of the admin: where its clinician signs

    objects = HandoutQuerySet.as_manager()

    class Meta:
        ordering = ["-made_on", "-pk"]
        constraints = [
            *Plan.Meta.constraints,
            models.CheckConstraint(
                name="a_handout_ends_after_it_was_made",
                condition=Q(expires_on__gt=F("made_on")),
                violation_error_message="The last day comes after the day on which the handout was made.",
            ),
        ]

    def __str__(self):
        return f"Handout {self.reference}"

    def get_absolute_url(self):
        return reverse("handouts:detail", args=[self.code])

    @property
    def review_title(self):
        return f"handout {self.reference}"

    @property
    def is_withdrawn(self):
        return self.withdrawn_on is not None

    def has_ended(self, *, today):
        return self.is_withdrawn or self.expires_on < today

    def withdraw(self, *, on):
        self.withdrawn_on = self.withdrawn_on or on
        self._save_state()

    def bring_back(self):
        self.withdrawn_on = None
        self._save_state()

    def extend(self, *, on, weeks):
        """Let it live ``weeks`` longer, counted from its last day or from ``on`` where that is over; no more than a year."""
        later = max(self.expires_on, on) + timedelta(weeks=weeks)
        self.expires_on = max(self.expires_on, min(later, on + LONGEST))
        self._save_state()

    def snapshot(self):
        """The draft as its patient would read it, with the exercises as they are published now."""
        items = self.items.select_related("exercise__live_version", "set_by")
        return RoutineSnapshot(
            title=self.title,
            summary="",
            intro="",
            **self.plan(),
            items=[item.snapshot() for item in items if item.exercise.is_published],
            note=self.note,
        )

    def _save_state(self):
        self.revision += 1
        self.save(update_fields=["expires_on", "withdrawn_on", "revision"])


class HandoutItem(StatedDose):
    """An exercise for one person with its dose; with no numbers where none are stated."""

    handout = models.ForeignKey(Handout, on_delete=models.CASCADE, related_name="items")
    exercise = models.ForeignKey(
        Exercise,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to=of_published,
    )
    position = models.PositiveSmallIntegerField(
        "place",
        default=0,
        validators=[MaxValueValidator(999)],
        help_text="Lower numbers come first.",
    )

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "exercise"
        constraints = [
            *StatedDose.Meta.constraints,
            models.CheckConstraint(
                name="%(class)s_says_how_much_or_how_often_or_nothing",
                condition=STATES | empty([name for name in ALL if name != "note"]),
                violation_error_message="Give sets, repetitions, a hold, a time, how often, or words; "
                "or leave the whole row empty for the exercise's own dose.",
            ),
            models.CheckConstraint(
                name="%(class)s_says_where_its_numbers_come_from",
                condition=~STATES
                | ~Q(source="")
                | Q(set_by__isnull=False, set_on__isnull=False),
            ),
        ]

    def __str__(self):
        return self.exercise.title

    @property
    def signed_for(self):
        return self.handout

    def snapshot(self):
        exercise = self.exercise.shown
        dose = replace(DoseSnapshot.of(self), limb=exercise.dose.limb)
        return ItemSnapshot(exercise, dose)
