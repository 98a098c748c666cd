from django.db import models


class HelpLevel(models.Model):
    """One level of the "when to get help" list, the one source for every page that shows it."""

    class Level(models.TextChoices):
        EMERGENCY = "emergency", "Emergency"
        URGENT = "urgent", "Urgent"
        NOT_URGENT = "not_urgent", "Not urgent"

    level = models.CharField(max_length=10, choices=Level, unique=True)
    heading = models.CharField(
        max_length=120, help_text="Say what to do, such as Call 911 now."
    )
    advice = models.CharField(
        max_length=200, blank=True, help_text="One sentence under the heading."
    )
    signs = models.TextField(help_text="Signs, one per line.")

    class Meta:
        verbose_name = "when to get help: level"
        verbose_name_plural = "when to get help"

    def __str__(self):
        return self.get_level_display()

    def urgency(self):
        """0 for the most urgent level, rising."""
        return self.Level.values.index(self.level)
