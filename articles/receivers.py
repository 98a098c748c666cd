"""What an article's version for patients brings along: its text's scores, and its links to be checked."""

from django.dispatch import receiver

from articles import link_checking
from articles.models import Article
from articles.readability import self_score
from kneecare.publishing.signals import version_numbered


@receiver(version_numbered, sender=Article)
def file_scores(sender, version, **kwargs):
    self_score.file_scores(version)


@receiver(version_numbered, sender=Article)
def remember_links(sender, page, **kwargs):
    link_checking.remember(page)
