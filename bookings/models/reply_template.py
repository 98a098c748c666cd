from django.db import models


class ReplyTemplate(models.Model):
    """Words that staff begin a reply with."""

    title = models.CharField(
        max_length=60, unique=True, help_text="Staff choose it by this."
    )
    text = models.TextField(
        max_length=2000, help_text="Without greeting and signature: they are added."
    )

    class Meta:
        verbose_name = "reply template"
        ordering = ["title"]

    def __str__(self):
        return self.title
