"""What Django tells of sign-ins and of accounts, whoever caused it."""

from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import post_save
from django.dispatch import receiver

from kneecare.accounts.events import Event, tell
from kneecare.accounts.session import activity


@receiver(user_logged_in)
def signed_in(sender, request, user, **kwargs):
    activity.begin(request, user)
    tell(Event.SIGNED_IN, request=request, user=user)


@receiver(user_logged_out)
def signed_out(sender, request, user, **kwargs):
    tell(Event.SIGNED_OUT, request=request, user=user)


@receiver(post_save, sender=get_user_model())
def saved(sender, instance, **kwargs):
    """The sessions of who may not sign in end for good: who may again signs in anew."""
    if not instance.is_active:
        for each in UserSession.objects.filter(user=instance):
            each.end()
