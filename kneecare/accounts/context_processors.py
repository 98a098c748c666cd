from django.contrib import admin
from django.urls import reverse


def staff_page(request):
    """What every page of the admin is given, for those of allauth that are drawn as one.

    Nothing for the page that refuses a request of which nobody has asked yet who sent it.
    """
    if hasattr(request, "user") and request.path.startswith(
        reverse("account_sessions")
    ):
        return admin.site.each_context(request)
    return {}
