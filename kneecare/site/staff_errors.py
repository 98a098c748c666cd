"""What staff are told, in the look of their own pages, where a page of the admin cannot be opened."""

from typing import Any

from django.contrib import admin
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views import defaults

WORDS = {
    400: (
        "That could not be read",
        "Something in the address, or in what was sent, cannot be. Go back and choose again.",
    ),
    403: (
        "You may not open this page",
        "Your account has no right to it. An owner of the site gives rights, under Users.",
    ),
    404: (
        "This is not here",
        "Somebody may have removed it, or there is a slip in the address. Look for it in its list.",
    ),
}


def refusal(request: Any, status: int) -> HttpResponse | None:
    """The page for ``status``, or ``None`` where it is no signed-in member of staff who asks for a page of the admin."""
    user = getattr(request, "user", None)
    is_staff_page = request.path.startswith(reverse("admin:index"))
    if not (is_staff_page and user and admin.site.has_permission(request)):
        return None
    title, advice = WORDS[status]
    context = admin.site.each_context(request) | {"title": title, "advice": advice}
    return render(request, "admin/error.html", context, status=status)


def bad_request(request: Any, exception: Exception) -> Any:
    return refusal(request, 400) or defaults.bad_request(request, exception)


def permission_denied(request: Any, exception: Exception) -> Any:
    return refusal(request, 403) or defaults.permission_denied(request, exception)
