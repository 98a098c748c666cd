from django.db import models
from django.db.models import Q


class TagQuerySet(models.QuerySet):
    def with_counts(self, exercises):
        """Each tag with the number of ``exercises`` that patients find by it, as ``shown``; tags without one left out."""
        tagged = Q(publications__in=exercises.order_by().values("live"))
        shown = models.Count("publications", filter=tagged, distinct=True)
        return self.annotate(shown=shown).filter(shown__gt=0)


class Tag(models.Model):
    """What an exercise is found by: a part of the body, a thing it needs, a muscle that it works."""

    class Kind(models.TextChoices):
        BODY_PART = "body_part", "Body part"
        EQUIPMENT = "equipment", "Equipment"
        MUSCLE = "muscle", "Muscle"

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=40)
    slug = models.SlugField("address", max_length=40, unique=True)

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "name"]

    def __str__(self):
        return self.name
