"""The index follows what visitors are shown, in the transaction that changes it."""

from django.dispatch import receiver

from kneecare.publishing.signals import visibility_changed
from kneecare.search import index


@receiver(visibility_changed)
def refresh_index(sender, page, **kwargs):
    index.refresh(page)
