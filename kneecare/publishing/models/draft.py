from django.conf import settings
from django.db import models
from django.utils import timezone


class WorkingCopy(models.Model):
    """What staff edit of a page, while patients read a frozen version: it counts its saves, and knows the last one."""

    revision = models.PositiveIntegerField(
        default=1,
        editable=False,
        help_text="Counts the saves of the working copy, so that no editor overwrites another unawares.",
    )
    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        abstract = True

    def count_save(self, *, by):
        """One save more. It is not stored here."""
        self.revision += 1
        self.saved_by, self.saved_at = by, timezone.now()
