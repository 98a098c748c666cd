from django.db import models
from django.urls import reverse

from kneecare.core.text.richtext import RichTextField
from kneecare.media.fields import PictureField
from kneecare.media.models import FocalPoint


class ClinicianQuerySet(models.QuerySet):
    def shown(self):
        return self.filter(is_shown=True)


class Clinician(FocalPoint):
    name = models.CharField(max_length=80)
    slug = models.SlugField("address", max_length=80, unique=True)
    credentials = models.CharField(
        max_length=40, blank=True, help_text="After the name, such as DPT."
    )
    role = models.CharField(
        max_length=80, blank=True, help_text="Such as Doctor of Physical Therapy."
    )
    intro = models.CharField(
        "introduction",
        max_length=200,
        blank=True,
        help_text="One sentence for the home page.",
    )
    bio = RichTextField("about", blank=True)
    education = models.TextField(blank=True, help_text="Degrees, one per line.")
    portrait = PictureField(
        blank=True,
        crops=["square"],
        help_text="A photograph of the face, at least 400 pixels wide. It is shown cut to a circle.",
    )
    position = models.PositiveSmallIntegerField(
        default=0, help_text="Lower numbers come first."
    )
    reminder_email = models.EmailField(
        "e-mail for reminders",
        blank=True,
        help_text="Private: never shown on the site. Tells this person when a clinical review is due.",
    )
    is_shown = models.BooleanField("show on the site", default=True)

    objects = ClinicianQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        constraints = FocalPoint.Meta.constraints

    def __str__(self):
        return f"{self.name}, {self.credentials}" if self.credentials else self.name

    def get_absolute_url(self):
        return f"{reverse('about')}#{self.slug}"
