"""What Django tells of sign-ins, whoever made them."""

from django.contrib.auth.signals import user_logged_in, user_logged_out
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
