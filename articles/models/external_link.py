"""Links to other sites, and how they answered when the worker last asked."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from kneecare.core.jobs.queue import QueuedWork, QueueQuerySet

MAX_URL = 500
GONE = [404, 410]
WEEK, DAY, HOUR = timedelta(days=7), timedelta(days=1), timedelta(hours=1)


class ExternalLink(QueuedWork):
    """A link to another site. Its work never ends: it is asked again and again."""

    LEASE = timedelta(minutes=2)
    LONGEST_WAIT = WEEK

    url = models.URLField("address", max_length=MAX_URL, unique=True)
    status = models.PositiveSmallIntegerField("last status", null=True, blank=True)
    times_gone = models.PositiveIntegerField(
        "gone, times in a row",
        default=0,
        help_text="How often in a row the site said that there is no such page.",
    )
    checked_at = models.DateTimeField("last checked", null=True, blank=True)
    next_attempt_at = models.DateTimeField("next check", default=timezone.now)

    objects = QueueQuerySet.as_manager()

    class Meta:
        ordering = ["-times_gone", "url"]

    def __str__(self):
        return self.url

    @property
    def is_gone(self):
        """Told twice in a row, so that one bad moment of the other site stops nobody."""
        return self.times_gone >= 2

    @property
    def is_fine(self):
        return self.status is not None and self.status < 400

    def wait(self):
        """How long until it is asked again."""
        if self.is_fine:
            return WEEK
        return HOUR if self.status in GONE and not self.is_gone else DAY
