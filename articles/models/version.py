"""What was kept of an article: its versions, and what was done with them."""

from django.conf import settings
from django.db import models

from articles.models.article import Article, Topic
from articles.models.blocks import BLOCKS, blocks_of
from articles.models.reference import Reference
from articles.rendering.embeds import embedded_exercises, embeds, exercises_in
from exercises.models import Exercise, Figure, Routine, link_figures
from kneecare.media.models import Picture
from kneecare.publishing.models import (
    Event,
    Version,
    VersionFile,
    link_media,
    of_version,
    to_page,
)
from kneecare.publishing.snapshots import as_stored


class ArticleVersion(Version):
    """``data`` holds the ``blocks``, the ``references`` and, as ``embeds``, the exercises and routines as they were."""

    CHILDREN = {**dict.fromkeys(BLOCKS, "parent"), Reference: "article"}

    page = to_page("Article", "versions")
    language = models.CharField(max_length=10, default=settings.LANGUAGE_CODE)
    topics = models.ManyToManyField(Topic, related_name="versions")
    related = models.ManyToManyField(Article, related_name="suggested_in")
    exercises = models.ManyToManyField(Exercise, related_name="article_versions")
    routines = models.ManyToManyField(Routine, related_name="article_versions")
    pictures = models.ManyToManyField(Picture, related_name="article_versions")
    figures = models.ManyToManyField(Figure, related_name="article_versions")
    dosed = models.ManyToManyField(
        Exercise,
        related_name="dosed_in",
        help_text="Every exercise whose dose stands in it, be it in a routine.",
    )

    class Meta(Version.Meta):
        verbose_name = "version of an article"
        verbose_name_plural = "versions of articles"

    def get_absolute_url(self):
        return self.page.get_absolute_url()

    @property
    def blocks(self):
        return self.data["blocks"]

    @property
    def references(self):
        return self.data["references"]

    def sources(self):
        named = [(each["title"], each["publisher"]) for each in self.references]
        return [", ".join(filter(None, words)) for words in named]

    @property
    def embeds(self):
        return self.data["embeds"]

    def take_snapshot(self):
        article = self.page
        blocks = [block.snapshot() for block in blocks_of(article)]
        references = [each.snapshot() for each in article.references.all()]
        data = {"blocks": blocks, "references": references, "embeds": embeds(blocks)}
        self.data = as_stored(data)
        self.language = article.language

    def link(self):
        fields = self.source["fields"]
        self.topics.set(fields["topics"])
        self.related.set(fields["related"])
        self.exercises.set(int(pk) for pk in self.embeds["exercise"])
        self.routines.set(int(pk) for pk in self.embeds["routine"])
        self.dosed.set(exercises_in(self.embeds))
        link_media(self, self.blocks)
        link_figures(self, embedded_exercises(self.embeds))


class ArticleEvent(Event):
    page = to_page("Article", "events")
    version = of_version("ArticleVersion")


class ArticleFile(VersionFile):
    version = models.ForeignKey(
        ArticleVersion, on_delete=models.CASCADE, related_name="files"
    )
