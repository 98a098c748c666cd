"""The index. Full-text tables and columns beside ``Document`` are the database's own: see the migrations.

Nothing here is edited by hand but the synonyms; ``index.py`` alone writes the rest.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import Resolver404, resolve

from kneecare.core.text.html import split_lines
from kneecare.search.words import words as split_words


class Document(models.Model):
    """A published page as search knows it: the words to show, and their stems to look for."""

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    url = models.CharField(max_length=200)
    title = models.TextField()
    summary = models.TextField()
    body = models.TextField()
    title_stems = models.TextField()
    summary_stems = models.TextField()
    body_stems = models.TextField()
    version = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id"], name="a_page_is_indexed_once"
            ),
        ]

    def __str__(self):
        return self.title


class Word(models.Model):
    """A word that some document has, and in how many of them."""

    word = models.CharField(max_length=40, primary_key=True)
    stem = models.CharField(max_length=82, db_index=True)
    documents = models.IntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_word_is_in_some_document", condition=Q(documents__gte=0)
            ),
        ]

    def __str__(self):
        return self.word


class Spelling(models.Model):
    """A way to a word for somebody who mistypes it: see ``lexicon.spelling_keys``."""

    key = models.CharField(max_length=42, db_index=True)
    word = models.CharField(max_length=40, db_index=True)

    def __str__(self):
        return f"{self.key}: {self.word}"


def validate_page(path):
    """Whoever finds the page must be able to open it: it is one of this site's."""
    try:
        resolve(path)
    except Resolver404 as error:
        raise ValidationError("This site has no page at this address.") from error


class PromotedPageQuerySet(models.QuerySet):
    def published(self):
        """All of them: what should not be found is deleted."""
        return self.all()


def validate_group(text):
    """Two or more lines, each with a word of its own."""
    rows = [tuple(split_words(line)) for line in split_lines(text)]
    if len(rows) < 2:
        raise ValidationError("Give two words or more, one per line.")
    if not all(rows):
        raise ValidationError("Each line needs a word.")
    if len(set(rows)) < len(rows):
        raise ValidationError("The same word stands on two lines.")
    if max(map(len, rows)) > 5:
        raise ValidationError("A line has five words at most.")


class PromotedPage(models.Model):
    """A page that has no row of its own to be found by, such as the booking form, with what visitors type who need it."""

    title = models.CharField(max_length=80)
    url = models.CharField(
        "address",
        max_length=200,
        unique=True,
        validators=[validate_page],
        help_text="On this site, such as /contact/.",
    )
    summary = models.CharField(
        max_length=200, help_text="What the page answers, in one or two sentences."
    )
    words = models.TextField(
        help_text="What visitors type who need this page, one per line, such as opening hours."
    )

    objects = PromotedPageQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                name="a_promoted_page_is_on_this_site",
                condition=Q(url__startswith="/") & ~Q(url__startswith="//"),
                violation_error_message="Give an address on this site that starts with /, such as /contact/.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return self.url


class SynonymGroup(models.Model):
    """Words that mean the same: who asks for one finds pages with any of them."""

    words = models.TextField(
        max_length=400,
        validators=[validate_group],
        help_text="Words that mean the same, one per line, such as kneecap and patella. "
        "A visitor who searches for one also finds the others, at once.",
    )

    class Meta:
        ordering = ["words"]
        constraints = [
            models.CheckConstraint(
                name="a_synonym_group_has_words", condition=~Q(words="")
            ),
        ]

    def __str__(self):
        return " = ".join(split_lines(self.words))
