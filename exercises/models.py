from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.formats import date_format

from exercises.dose import Dosage
from exercises.figure import validate_figure
from kneecare.clinic.models import Clinician, Reviewed, ReviewedQuerySet
from kneecare.core.json_rows import JSONRows
from kneecare.core.models import Publishable
from kneecare.core.richtext import RichTextField


class TagQuerySet(models.QuerySet):
    def with_counts(self):
        """Each tag with the number of published exercises that carry it, as ``shown``; tags without one left out."""
        published = Exercise.objects.published().values("pk")
        shown = models.Count("exercises", filter=Q(exercises__in=published))
        return self.annotate(shown=shown).filter(shown__gt=0)


class Tag(models.Model):
    """What an exercise is found by: a part of the body, a thing it needs, a muscle that it works."""

    class Kind(models.TextChoices):
        BODY_PART = "body_part", "Body part"
        EQUIPMENT = "equipment", "Equipment"
        MUSCLE = "muscle", "Muscle"

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=40)
    slug = models.SlugField("address", max_length=40, unique=True)

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "name"]

    def __str__(self):
        return self.name


class ExerciseQuerySet(ReviewedQuerySet):
    def with_dose(self):
        return self.select_related("stated_dose__set_by")

    def with_links(self):
        """Attach the published neighbours of an exercise, and its tags, in the same query."""
        published = Exercise.objects.published()
        return self.annotate(
            tag_rows=JSONRows(
                Tag.objects.filter(exercises=OuterRef("pk")), name="name", kind="kind"
            ),
            harder_rows=JSONRows(
                published.filter(easier=OuterRef("pk")), slug="slug", title="title"
            ),
            easier_rows=JSONRows(
                published.filter(harder=OuterRef("pk")), slug="slug", title="title"
            ),
        )

    def tagged(self, *tags):
        """Exercises that carry every one of ``tags``."""
        found = self
        for tag in tags:
            found = found.filter(tags=tag)
        return found


class Exercise(Publishable, Reviewed):
    steps = models.TextField(help_text="What to do, one step per line, in order.")
    why = RichTextField("why it helps", blank=True)
    tags = models.ManyToManyField(Tag, blank=True, related_name="exercises")
    harder = models.ForeignKey(
        "self",
        verbose_name="harder version",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="easier",
        help_text="Where to go when this becomes easy.",
    )
    figure = models.JSONField(
        "drawing",
        default=dict,
        blank=True,
        validators=[validate_figure],
        help_text="Poses as joint angles in degrees. Save to see the drawing.",
    )

    objects = ExerciseQuerySet.as_manager()

    tag_rows: list[dict]

    class Meta:
        ordering = ["title"]
        constraints = [
            *Publishable.Meta.constraints,
            *Reviewed.Meta.constraints,
            models.CheckConstraint(
                name="an_exercise_is_not_its_own_harder_version",
                condition=Q(harder=None) | ~Q(harder=F("id")),
            ),
        ]

    def get_absolute_url(self):
        return reverse("exercises:detail", args=[self.slug])

    def clean(self):
        # Django checks a constraint on the id only when the id stands in the form.
        if self.pk and self.harder_id == self.pk:
            message = "An exercise cannot be its own harder version."
            raise ValidationError({"harder": message})

    @property
    def dose(self):
        """The dose, or one that states nothing: read by ``with_dose()``."""
        return self.stated_dose if hasattr(self, "stated_dose") else Dose(exercise=self)

    def tag_names(self, kind):
        """Names of the tags of one kind; for an exercise read ``with_links()``."""
        return sorted(tag["name"] for tag in self.tag_rows if tag["kind"] == kind)

    @property
    def body_parts(self):
        return self.tag_names(Tag.Kind.BODY_PART)

    @property
    def equipment(self):
        return self.tag_names(Tag.Kind.EQUIPMENT)

    @property
    def muscles(self):
        return self.tag_names(Tag.Kind.MUSCLE)


class Dose(Dosage, models.Model):
    """How much of an exercise to do. An empty field means that the source does not state it; see ``Dosage``."""

    class Sides(models.TextChoices):
        BOTH = "both", "Both legs together"
        EACH = "each", "Each leg in turn"

    NOT_STATED = (
        "Leave empty when it is not stated: patients then read that, never a guess."
    )

    exercise = models.OneToOneField(
        Exercise, on_delete=models.CASCADE, related_name="stated_dose"
    )
    sets = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(99)], help_text=NOT_STATED
    )
    reps_from = models.PositiveSmallIntegerField(
        "repetitions, from", null=True, blank=True, validators=[MaxValueValidator(999)]
    )
    reps_to = models.PositiveSmallIntegerField(
        "repetitions, to",
        null=True,
        blank=True,
        validators=[MaxValueValidator(999)],
        help_text="Empty for one number instead of a range.",
    )
    hold_seconds = models.PositiveSmallIntegerField(
        "hold (seconds)", null=True, blank=True, validators=[MaxValueValidator(3600)]
    )
    rest_seconds = models.PositiveSmallIntegerField(
        "rest between sets (seconds)",
        null=True,
        blank=True,
        validators=[MaxValueValidator(3600)],
    )
    sides = models.CharField(
        max_length=4, choices=Sides, blank=True, help_text=NOT_STATED
    )
    days_per_week = models.PositiveSmallIntegerField(
        "days a week", null=True, blank=True
    )
    load = models.CharField(
        max_length=80, blank=True, help_text="Such as a weight or a band."
    )
    note = models.CharField(max_length=200, blank=True)
    source = models.CharField(
        max_length=200,
        blank=True,
        help_text="The text that states this dose, with its author.",
    )
    set_by = models.ForeignKey(
        Clinician,
        verbose_name="set by clinician",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    set_on = models.DateField("set on", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dose_counts_start_at_one",
                condition=~Q(sets=0) & ~Q(reps_from=0) & ~Q(hold_seconds=0),
                violation_error_message="Sets, repetitions and hold start at 1. Leave the field empty for not stated.",
            ),
            models.CheckConstraint(
                name="dose_range_runs_upward",
                condition=Q(reps_to=None)
                | Q(reps_from__isnull=False, reps_to__gt=F("reps_from")),
                violation_error_message="A range of repetitions runs upward, such as 10 to 15.",
            ),
            models.CheckConstraint(
                name="dose_days_fit_in_a_week",
                condition=Q(days_per_week=None) | Q(days_per_week__range=(1, 7)),
                violation_error_message="Days a week run from 1 to 7.",
            ),
            models.CheckConstraint(
                name="dose_says_where_it_comes_from",
                condition=(Q(set_by=None, set_on=None) & ~Q(source=""))
                | Q(set_by__isnull=False, set_on__isnull=False),
                violation_error_message="Say where the dose comes from: its source, or the clinician and the day.",
            ),
        ]

    def __str__(self):
        return self.sentence()

    @property
    def provenance(self):
        """Where the dose comes from, in a few words."""
        if self.set_by and self.set_on:
            return f"Set by {self.set_by} on {date_format(self.set_on, 'F j, Y')}"
        return self.source


class RoutineQuerySet(ReviewedQuerySet):
    def with_items(self):
        """Attach, as ``shown_items``, the items that a patient may see, in order, with their doses."""
        items = RoutineItem.objects.filter(exercise__in=Exercise.objects.published())
        items = items.select_related("exercise__stated_dose__set_by")
        return self.prefetch_related(
            Prefetch("items", queryset=items, to_attr="shown_items")
        )


class Routine(Publishable, Reviewed):
    intro = RichTextField("introduction", blank=True)
    exercises: models.ManyToManyField = models.ManyToManyField(
        Exercise, through="RoutineItem", related_name="routines"
    )

    objects = RoutineQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [*Publishable.Meta.constraints, *Reviewed.Meta.constraints]

    def get_absolute_url(self):
        return reverse("routines:detail", args=[self.slug])


class RoutineItem(models.Model):
    routine = models.ForeignKey(Routine, on_delete=models.CASCADE, related_name="items")
    exercise = models.ForeignKey(
        Exercise, on_delete=models.PROTECT, related_name="routine_items"
    )
    position = models.PositiveSmallIntegerField(
        default=0, help_text="Lower numbers come first."
    )

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "exercise in this routine"
        verbose_name_plural = "exercises in this routine"

    def __str__(self):
        return self.exercise.title
