from collections import defaultdict

from content_editor.models import Region
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from exercises.dose import DoseSnapshot
from exercises.figures.render import validate_figure
from exercises.models.dose import Dose
from exercises.models.progression import Progression
from exercises.models.tag import Tag
from exercises.snapshots import ExerciseSnapshot
from kneecare.core.text.richtext import RichTextField
from kneecare.publishing.models import (
    VersionedPage,
    VersionedPageQuerySet,
    to_version,
)


class ExerciseQuerySet(VersionedPageQuerySet):
    def with_dose(self):
        """For the draft: attach its dose."""
        return self.select_related("stated_dose__set_by")

    def tag_ids(self):
        """``{exercise: tags}``, ids both: what patients find each published exercise by, in the order of their titles; one query."""
        found = defaultdict(set)
        rows = self.published().order_by("live_version__title", "pk")
        for pk, tag in rows.values_list("pk", "live_version__tags"):
            found[pk].add(tag)
        return found


class Exercise(VersionedPage):
    """The draft. Patients read its ``live_version``, which publishing alone changes."""

    class Limb(models.TextChoices):
        LEG = "leg", "Legs"
        ARM = "arm", "Arms"
        FOOT = "foot", "Feet"
        HAND = "hand", "Hands"
        SIDE = "side", "Sides of the body"

    steps = models.TextField(help_text="What to do, one step per line, in order.")
    limb = models.CharField(
        "what has two sides",
        max_length=4,
        choices=Limb,
        default=Limb.LEG,
        help_text="For the words of the dose: on each leg, on each arm.",
    )
    why = RichTextField("why it helps", blank=True)
    mistakes = models.TextField(
        "common mistakes", blank=True, help_text="One per line. A clinician's words."
    )
    not_for = models.TextField(
        "who should not do it",
        blank=True,
        help_text="One per line. A clinician's words.",
    )
    hold_on_to = models.CharField(
        max_length=120,
        blank=True,
        help_text="For a move that could make somebody fall, such as: a wall, or a bench that cannot move. "
        "Empty when it is not stated.",
    )
    for_clinicians = models.TextField(
        "for clinicians",
        blank=True,
        help_text="Never shown to patients, one per line: where the text comes from, and doses that other sources state.",
    )
    tags = models.ManyToManyField(Tag, blank=True, related_name="exercises")
    progression = models.ForeignKey(
        Progression,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="exercises",
        help_text="The movement that this is one version of.",
    )
    level = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text="1 is the easiest version; the next number is harder.",
    )
    figure = models.JSONField(
        "drawing",
        default=dict,
        blank=True,
        validators=[validate_figure],
        help_text="Poses as joint angles in degrees. Save to see the drawing.",
    )
    live_version = to_version("ExerciseVersion")
    scheduled_version = to_version("ExerciseVersion")

    # The editor writes this key into a style that the content security policy knows by its hash.
    regions = [Region(key="main", title="Pictures and videos")]

    objects = ExerciseQuerySet.as_manager()

    class Meta(VersionedPage.Meta):
        constraints = [
            *VersionedPage.Meta.constraints,
            models.UniqueConstraint(
                fields=["progression", "level"],
                name="a_progression_has_one_exercise_a_level",
                violation_error_message="Another exercise has this level. Give each version its own.",
            ),
            models.CheckConstraint(
                name="an_exercise_has_a_progression_and_a_level_or_neither",
                condition=Q(progression=None, level=None)
                | Q(progression__isnull=False, level__isnull=False),
                violation_error_message="Give both the progression and the level, or neither.",
            ),
        ]

    def get_absolute_url(self):
        return reverse("exercises:detail", args=[self.slug])

    @property
    def dose(self):
        """The dose of the draft, or one that states nothing: read by ``with_dose()``."""
        return self.stated_dose if hasattr(self, "stated_dose") else Dose(exercise=self)

    @property
    def shown(self):
        """What patients read: for an exercise read by ``published()``."""
        return ExerciseSnapshot.from_data(self.live_version.data, slug=self.slug)

    def snapshot(self):
        """The draft as patients would read it."""
        return ExerciseSnapshot(
            pk=self.pk,
            title=self.title,
            summary=self.summary,
            steps=self.steps,
            why=self.why,
            mistakes=self.mistakes,
            not_for=self.not_for,
            hold_on_to=self.hold_on_to,
            figure=self.figure,
            dose=DoseSnapshot.of(self.dose),
            tags=[
                {"kind": tag.kind, "name": tag.name}
                for tag in self.tags.order_by("kind", "name")
            ],
            media=[part.snapshot() for part in self.media()],
            slug=self.slug,
        )

    def settle_restored(self):
        if self.progression is None:
            self.level = None  # its progression may be gone

    def media(self):
        """Pictures and videos of the draft, in their order."""
        parts = [
            *self.exercises_exercisepicture_set.all(),
            *self.exercises_exercisevideo_set.all(),
        ]
        return sorted(parts, key=lambda part: part.ordering)
