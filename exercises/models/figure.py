"""The drawings that published pages show, each kept once under its hash: what has no row here is at no URL."""

import json
from hashlib import sha256
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q


class FigureQuerySet(models.QuerySet):
    def published(self):
        """What a live version shows, of whichever kind: each has them as its ``figures``."""
        shown = Q()
        for relation in self.model._meta.related_objects:
            version: Any = relation.related_model
            versions = version.objects.published()
            shown |= Q(Exists(versions.filter(figures=OuterRef("pk"))))
        return self.filter(shown)


class Figure(models.Model):
    """``data`` is what an exercise has as its ``figure``."""

    name = models.CharField(max_length=32, unique=True)
    data = models.JSONField()

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


def figure_name(data) -> str:
    """The same for the same drawing, wherever it is shown."""
    stored = json.dumps(data, sort_keys=True).encode()
    return sha256(stored).hexdigest()[:32]


def link_figures(version, exercises):
    """Store which drawings a version shows in ``exercises``, as they are in its data. What is no more than saved is nobody's yet."""
    if version.number is None:
        return
    drawn = (exercise["figure"] for exercise in exercises if exercise["figure"])
    figures = {
        figure_name(data): Figure(name=figure_name(data), data=data) for data in drawn
    }
    Figure.objects.bulk_create(figures.values(), ignore_conflicts=True)
    version.figures.set(Figure.objects.filter(name__in=figures))
