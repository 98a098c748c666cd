"""What staff say of a draft before it is published: its review is pending, its text reads well."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.models.article import Article
from articles.models.version import ArticleVersion


class PendingReviewQuerySet(models.QuerySet):
    def open(self):
        return self.filter(ended_at=None)

    def say(self, article, *, by):
        """Record that the review of ``article`` is pending; once is enough."""
        return self.get_or_create(
            article=article, ended_at=None, defaults={"said_by": by}
        )

    def end(self):
        """The review is given, or the word is taken back; the record of it stays."""
        return self.open().update(ended_at=timezone.now())


class PendingReview(models.Model):
    """Somebody said that an article may be published while its clinical review is pending."""

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="pending_reviews"
    )
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Empty for the first content.",
    )
    said_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PendingReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-said_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="an_article_is_said_to_be_pending_once",
                fields=["article"],
                condition=Q(ended_at=None),
            ),
        ]

    def __str__(self):
        return f"{self.article}: clinical review pending"


class SelfScore(models.Model):
    """How a member of staff scored a text; ``version`` is the version that it was published as."""

    class Kind(models.TextChoices):
        PEMAT = "pemat", "PEMAT-P"
        INDEX = "index", "CDC Clear Communication Index"

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="self_scores"
    )
    version = models.ForeignKey(
        ArticleVersion,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="self_scores",
    )
    kind = models.CharField(max_length=10, choices=Kind)
    answers = models.JSONField(help_text="The answer to each item, by its number.")
    scores = models.JSONField(help_text="Percent of each part.")
    text_digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return f"{self.get_kind_display()} of {self.article}"
