from django.db import models


class Tag(models.Model):
    """What an exercise is found by: a part of the body, a thing it needs, a muscle that it works."""

    class Kind(models.TextChoices):
        BODY_PART = "body_part", "Body part"
        EQUIPMENT = "equipment", "Equipment"
        MUSCLE = "muscle", "Muscle"

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=40)
    slug = models.SlugField("address", max_length=40, unique=True)

    class Meta:
        ordering = ["kind", "name"]

    def __str__(self):
        return self.name
