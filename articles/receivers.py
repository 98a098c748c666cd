"""What an article's version for patients brings along: its text's scores, its links to be checked; and what a review ends."""

from django.dispatch import receiver

from articles import link_checking
from articles.models import Article
from articles.readability import self_score
from kneecare.publishing.models import Act
from kneecare.publishing.signals import signed, version_numbered


@receiver(version_numbered, sender=Article)
def file_scores(sender, version, **kwargs):
    self_score.file_scores(version)


@receiver(version_numbered, sender=Article)
def remember_links(sender, page, **kwargs):
    link_checking.remember(page)


@receiver(signed, sender=Article)
def review_is_given(signature, subject, **kwargs):
    """It is not pending any more; when the signature lapses, somebody has to say so anew."""
    if signature.act == Act.REVIEW:
        subject.pending_reviews.end()
