from django.db import models
from django.urls import reverse

from kneecare.core.fields import WebURLField
from kneecare.core.models import Publishable, PublishableQuerySet
from kneecare.core.text.richtext import RichTextField

HIDDEN_WHILE_EMPTY = "Not shown while it is empty."
LONGEST = 20_000  # characters of formatted text


class Program(Publishable):
    body = RichTextField(max_length=LONGEST, blank=True)
    for_whom = RichTextField(
        "who it is for", max_length=LONGEST, blank=True, help_text=HIDDEN_WHILE_EMPTY
    )
    visit = RichTextField(
        "what a visit looks like",
        max_length=LONGEST,
        blank=True,
        help_text=HIDDEN_WHILE_EMPTY,
    )
    joining = RichTextField(
        "how to join", max_length=LONGEST, blank=True, help_text=HIDDEN_WHILE_EMPTY
    )
    visit_length = models.CharField(
        "how long a visit takes",
        max_length=80,
        blank=True,
        help_text=HIDDEN_WHILE_EMPTY,
    )
    place_and_times = models.CharField(
        "where and when", max_length=120, blank=True, help_text=HIDDEN_WHILE_EMPTY
    )
    price = models.CharField(
        "what it costs", max_length=80, blank=True, help_text=HIDDEN_WHILE_EMPTY
    )
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
