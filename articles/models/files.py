from django.db import models

from articles.models.version import ArticlePublication


class PublicationFileQuerySet(models.QuerySet):
    def published(self):
        """What visitors may load now."""
        return self.filter(publication__in=ArticlePublication.objects.published())


class PublicationFile(models.Model):
    """A video that a publication shows, with what belongs to it: kept so that its address ends with the page."""

    publication = models.ForeignKey(
        ArticlePublication, on_delete=models.CASCADE, related_name="files"
    )
    name = models.CharField(max_length=100, db_index=True)

    objects = PublicationFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "name"],
                name="a_publication_names_a_file_once",
            ),
        ]

    def __str__(self):
        return self.name
