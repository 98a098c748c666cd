"""What was kept of an article: its versions, each frozen, and what was done with them."""

from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.models.article import Article, Topic
from exercises.models import Exercise, Routine
from kneecare.clinic.people import name_of
from kneecare.media.models import Picture
from kneecare.publishing.models import Reviewed
from kneecare.publishing.versions import label as version_label


class Frozen(Exception):
    """A version was about to be changed or deleted."""


class Signed(models.Model):
    """Who did it. The name stays when the account goes."""

    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_by_name = models.CharField("by", max_length=160, blank=True)

    class Meta:
        abstract = True

    def sign(self, user):
        """Sign for ``user``, or for nobody in particular: the site itself."""
        self.made_by = user
        self.made_by_name = name_of(user)
        return self


class ArticleVersionQuerySet(models.QuerySet):
    def published(self):
        """The versions that patients read now."""
        return self.filter(pk__in=Article.objects.published().values("live_version"))

    def numbered(self):
        """Versions made for patients, and not only kept."""
        return self.exclude(number=None)

    def update(self, **values):
        raise Frozen

    def delete(self):
        raise Frozen


class ArticleVersion(Signed, Reviewed):
    """A version of an article, frozen: a numbered one is made for patients, one without a number was only saved.

    It is written once. The database keeps its number unique and an article that was ever live from being deleted
    (``Article.live_version``); ``save()``, ``update()`` and ``delete()`` refuse to touch what is stored, and the admin
    offers no way to try. Only a draft that patients never read takes its versions with it.
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveIntegerField(null=True, blank=True)
    revision = models.PositiveIntegerField(
        default=0, help_text="Which save of the working copy it was made of."
    )
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=200)
    language = models.CharField(max_length=10, default=settings.LANGUAGE_CODE)
    blocks = models.JSONField(
        help_text="A list of blocks, each with its type and its values."
    )
    references = models.JSONField(
        default=list,
        blank=True,
        help_text="The sources in order; footnote marks count from 1.",
    )
    rendered = models.JSONField(
        default=list, help_text="The HTML of each of the blocks, as it was then."
    )
    cards = models.JSONField(
        default=dict,
        encoder=DjangoJSONEncoder,
        help_text="The exercises and routines in it, each with its dose as it was then.",
    )
    structured_data = models.JSONField(default=dict)
    search_text = models.TextField(blank=True)
    source = models.JSONField(
        default=dict,
        help_text="The fields and parts of the working copy, to restore and to compare.",
    )
    note = models.CharField(max_length=200, blank=True)
    topics = models.ManyToManyField(Topic, related_name="versions")
    related = models.ManyToManyField(Article, related_name="suggested_in")
    exercises = models.ManyToManyField(Exercise, related_name="article_versions")
    routines = models.ManyToManyField(Routine, related_name="article_versions")
    pictures = models.ManyToManyField(Picture, related_name="article_versions")
    dosed = models.ManyToManyField(
        Exercise,
        related_name="dosed_in",
        help_text="Every exercise whose dose stands in it, be it in a routine.",
    )
    made_at = models.DateTimeField(default=timezone.now)

    objects = ArticleVersionQuerySet.as_manager()

    class Meta:
        ordering = ["article", "-made_at", "-pk"]
        verbose_name = "version of an article"
        verbose_name_plural = "versions of articles"
        constraints = [
            *Reviewed.Meta.constraints,
            models.UniqueConstraint(
                fields=["article", "number"], name="versions_are_numbered_once"
            ),
            models.CheckConstraint(
                name="versions_are_numbered_from_one",
                condition=Q(number=None) | Q(number__gte=1),
            ),
        ]

    def __str__(self):
        return f"{self.title}, {self.label}"

    def save(self, *args: Any, **options: Any) -> None:
        """Store it, once. It refuses and does nothing else, where no constraint can."""
        if not self._state.adding:
            raise Frozen
        super().save(*args, **options)

    def get_absolute_url(self):
        return self.article.get_absolute_url()

    @property
    def label(self):
        return version_label(self.number, self.made_at)

    def delete(self, *args: Any, **options: Any) -> Any:
        raise Frozen


class ArticleEvent(Signed):
    """What somebody, or the clock, did with an article: kept for good, one row for each."""

    class Action(models.TextChoices):
        PUBLISHED = "published", "Published"
        PLANNED = "planned", "Planned to go live"
        PLAN_DROPPED = "plan_dropped", "Plan dropped"
        WENT_LIVE = "went_live", "Went live as planned"
        TAKEN_DOWN = "taken_down", "Taken down"
        CAME_DOWN = "came_down", "Came down as planned"
        END_CHANGED = "end_changed", "Time to come down changed"
        RESTORED = "restored", "Brought back into the working copy"
        LINK_MADE = "link_made", "Preview link made"
        LINKS_ENDED = "links_ended", "All preview links ended"

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="events"
    )
    version = models.ForeignKey(
        ArticleVersion,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="events",
    )
    action = models.CharField(max_length=20, choices=Action)
    at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(
        null=True, blank=True, help_text="The time that it was planned for, or ends at."
    )

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return self.get_action_display()
