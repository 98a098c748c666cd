"""What happens to accounts, told in one place: to the log here, and to whoever connects to ``happened``."""

import logging

from django.db.models import TextChoices
from django.dispatch import Signal

logger = logging.getLogger(__name__)

# Sent with ``event``, ``request`` (or None) and ``user``: None where it is not known who it was.
happened = Signal()


class Event(TextChoices):
    SIGNED_IN = "signed_in", "Signed in"
    SIGNED_OUT = "signed_out", "Signed out"
    FAILED = "failed", "A sign-in failed"
    HELD_BACK = "held_back", "A try to sign in was held back"
    SESSION_ENDED = "session_ended", "A session was ended from another one"
    PASSWORD_CHANGED = "password_changed", "The password was changed"
    LINK_ASKED_FOR = "link_asked_for", "A link for a new password was asked for"
    INVITED = "invited", "Invited"
    SECOND_STEP_CHANGED = "second_step_changed", "The second step was changed"


def tell(event, *, request=None, user=None, key=""):
    """``key`` tells guesses at one account from those at another, and says no name."""
    if user is not None and user.pk:
        key = f"account {user.pk}"
    logger.info("%s (%s).", event.label, key or "nobody that we know")
    happened.send(sender=Event, event=event, request=request, user=user)
