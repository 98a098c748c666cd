from django.db import models


class Progression(models.Model):
    """Versions of one movement from easy to hard. Each has its own level, so that "harder" cannot lead in a circle."""

    title = models.CharField(max_length=80, unique=True, help_text="Such as Bridges.")

    class Meta:
        ordering = ["title"]

    def __str__(self):
        return self.title
