from django.db import models
from django.utils import timezone


class TextStop(models.Model):
    """A number whose owner wrote STOP: it gets no text any more, whoever ticks the box. Of the number, only a keyed hash is kept."""

    phone_key = models.CharField(max_length=64, unique=True, editable=False)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"Stop {self.pk}"
