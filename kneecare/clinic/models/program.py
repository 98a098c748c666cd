from django.db import models
from django.urls import reverse

from kneecare.core.fields import WebURLField
from kneecare.core.models import Publishable, PublishableQuerySet
from kneecare.core.text.richtext import RichTextField


class Program(Publishable):
    body = RichTextField(max_length=20_000, blank=True)
    action_label = models.CharField("button", max_length=40, default="Join now")
    video_url = WebURLField(
        "video address",
        blank=True,
        help_text="Loaded from elsewhere only after a visitor presses the button that says so.",
    )
    video_label = models.CharField(
        "what the video shows",
        max_length=120,
        blank=True,
        help_text="Shown on the button.",
    )
    position = models.PositiveSmallIntegerField(
        default=0, help_text="Lower numbers come first."
    )

    objects = PublishableQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["position", "title"]

    def get_absolute_url(self):
        return reverse("program", args=[self.slug])
