from django.db import models

from articles.models.version import ArticleVersion


class ArticleFileQuerySet(models.QuerySet):
    def published(self):
        """What visitors may load now."""
        return self.filter(version__in=ArticleVersion.objects.published())


class ArticleFile(models.Model):
    """A video that a version shows, with what belongs to it: kept so that its address ends with the page."""

    version = models.ForeignKey(
        ArticleVersion, on_delete=models.CASCADE, related_name="files"
    )
    name = models.CharField(max_length=100, db_index=True)

    objects = ArticleFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "name"],
                name="a_version_names_a_file_once",
            ),
        ]

    def __str__(self):
        return self.name
