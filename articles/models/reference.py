"""What an article rests on: its sources, in the order that footnote marks count."""

from django.db import models
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from articles.models.article import Article
from kneecare.core.fields import WebURLField

FIELDS = ["title", "authors", "publisher", "year", "url"]


class ReferenceQuerySet(models.QuerySet):
    def numbered(self):
        """Each with its place in the list of its article as ``number``: 1 is what ``[1]`` points at."""
        order = [F("position"), F("pk")]
        return self.annotate(
            number=Window(RowNumber(), partition_by=F("article"), order_by=order)
        )


class Reference(models.Model):
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="references"
    )
    title = models.CharField(
        max_length=300, help_text="Of the page, paper or book, as its makers wrote it."
    )
    authors = models.CharField(max_length=200, blank=True)
    publisher = models.CharField(
        "published by", max_length=120, blank=True, help_text="Such as NHS."
    )
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    url = WebURLField("address", blank=True)
    accessed_on = models.DateField("read on", null=True, blank=True)
    position = models.PositiveSmallIntegerField(
        default=0, help_text="Lower numbers come first."
    )

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_reference_leads_to_the_web_or_nowhere",
                condition=Q(url="")
                | Q(url__startswith="https://")
                | Q(url__startswith="http://"),
                violation_error_message="Give an address that starts with https:// or http://.",
            ),
            models.CheckConstraint(
                name="a_reference_is_from_a_year_of_print",
                condition=Q(year=None) | Q(year__gte=1450, year__lte=2200),
                violation_error_message="Give the year with four digits, such as 2024.",
            ),
        ]

    def __str__(self):
        return self.title

    def snapshot(self):
        """What a version keeps of it."""
        return {
            **{name: getattr(self, name) for name in FIELDS},
            "accessed_on": self.accessed_on and self.accessed_on.isoformat(),
        }
