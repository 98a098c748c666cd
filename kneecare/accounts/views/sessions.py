"""One's own sessions, how long this one lasts, and what was sent after one had ended."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from bookings.models import CalendarFeed
from kneecare.accounts.devices import device_words
from kneecare.accounts.events import Event, tell
from kneecare.accounts.models import Account
from kneecare.accounts.session import activity, kept_post
from kneecare.core.clock import on_clinic_clock


@never_cache
@login_required
@require_safe
@on_clinic_clock
def index(request):
    sessions = UserSession.objects.purge_and_list(request.user)
    rows = [
        {
            "session": session,
            "device": device_words(session.user_agent),
            "is_this": session.session_key == request.session.session_key,
        }
        for session in sorted(
            sessions, key=lambda each: each.last_seen_at, reverse=True
        )
    ]
    context = {
        "title": "Where you are signed in",
        "rows": rows,
        "account": Account.objects.of(request.user),
        "feed": CalendarFeed.objects.filter(user=request.user).first(),
    }
    return render(request, "admin/account/sessions.html", context)


@never_cache
@login_required
@require_POST
def end(request, pk):
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    session.end()
    tell(Event.SESSION_ENDED, request=request, user=request.user)
    messages.success(request, "That session has ended.")
    return redirect("account_sessions")


@never_cache
@login_required
@require_POST
def notices(request):
    """Whether each sign-in is told by mail; one from a new device always is."""
    Account.objects.of(request.user)
    wish = "tell_each_sign_in" in request.POST
    Account.objects.filter(user=request.user).update(tell_each_sign_in=wish)
    messages.success(request, "Noted.")
    return redirect("account_sessions")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def this(request):
    """For the script that warns: how long this session lasts. Only POST says that somebody is there."""
    request.is_no_activity = True
    if request.method == "POST" and request.user.is_authenticated:
        activity.note(request, request.user)
    left = activity.seconds_left(request) if request.user.is_authenticated else 0
    return JsonResponse(
        {
            "left": left,
            "user": request.user.pk if left else None,
            "token": get_token(request),
        }
    )


@never_cache
@login_required
@require_safe
def kept(request):
    """What was sent when the session had ended, for its sender to send again: nothing is saved behind their back."""
    waiting = kept_post.waiting(request)
    if waiting is None:
        return redirect("admin:index")
    is_act = kept_post.is_act(waiting["path"])
    context = {"title": "Your words are still here", "is_act": is_act, **waiting}
    return render(request, "admin/account/kept.html", context)


@never_cache
@login_required
@require_safe
def back(request):
    """Shown in the window that was opened to sign in again."""
    return render(request, "admin/account/back.html", {"title": "You are signed in"})
