from django.db import models
from django.db.models import Q


class Revision(models.Model):
    """What all that visitors may see was when it last changed: another ``token`` after each change. There is one row.

    Triggers write it, in the transaction of the change itself. It is no number: a database that is brought back from a
    backup has the token of its own content, and of no other.
    """

    token = models.CharField(max_length=36)
    purged = models.CharField(
        max_length=36, blank=True, help_text="The token that the CDN was told of last."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="there_is_one_revision", condition=Q(pk=1)),
        ]

    def __str__(self) -> str:
        return self.token
