"""How long somebody stays signed in: until they have done nothing for a while, and twelve hours at the most.

The end stands in the row of the session, so that no process has to look for those that are over. It moves on with
what they do, once a minute at the most.
"""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.utils import timezone

from kneecare.accounts.models import SignInSettings
from kneecare.accounts.session import gate

OFTEN_ENOUGH = timedelta(minutes=1)
JUST_NOW = timedelta(minutes=10)
SEEN, SIGNED_IN = "seen_at", "signed_in_at"


class ActivityMiddleware:
    """Stands after those who say who asks. A page that only asks for the time left counts as nothing done."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_done = not getattr(request, "is_no_activity", False)
        # A public page that asked nobody's name is not made to.
        if is_done and request.session.accessed and SESSION_KEY in request.session:
            seen = _time(request, SEEN)
            if seen is None or timezone.now() - seen >= OFTEN_ENOUGH:
                note(request, request.user)
        return response


def begin(request, user):
    request.session[SIGNED_IN] = timezone.now().isoformat()
    note(request, user)


def note(request, user):
    """They do something now: the end moves on, and what they may do is looked at again."""
    now = timezone.now()
    session = request.session
    session.setdefault(SIGNED_IN, now.isoformat())
    session[SEEN] = now.isoformat()
    latest = _time(request, SIGNED_IN) + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    session.set_expiry(min(now + SignInSettings.objects.current().idle, latest))
    gate.look(request, user)
    listed = UserSession.objects.filter(session_key=session.session_key)
    listed.update(last_seen_at=now)


def seconds_left(request):
    if SESSION_KEY not in request.session:
        return 0
    left = request.session.get_expiry_date() - timezone.now()
    return max(0, int(left.total_seconds()))


def signed_in_just_now(request):
    at = _time(request, SIGNED_IN)
    return at is not None and timezone.now() - at < JUST_NOW


def _time(request, name):
    text = request.session.get(name)
    return datetime.fromisoformat(text) if text else None
