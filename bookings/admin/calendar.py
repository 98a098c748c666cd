"""Where a member of staff gets, renews or ends their own calendar feed."""

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from bookings.models import CalendarFeed
from kneecare.clinic.models import Clinician

MADE = "You have a new address. The one before it, if there was one, no longer works."
ENDED = "Your address no longer works."


class FeedForm(forms.Form):
    clinician = forms.ModelChoiceField(
        Clinician.objects.offered(),
        required=False,
        empty_label="Everybody",
        label="Calls with",
    )


@never_cache
def calendar(request, context):
    """``context``: what every page of the admin is given."""
    feed = CalendarFeed.objects.filter(user=request.user).first()
    form = FeedForm(
        request.POST if request.method == "POST" else None,
        initial={"clinician": feed and feed.clinician_id},
    )
    if "end" in request.POST:
        CalendarFeed.objects.filter(user=request.user).delete()
        return _done(request, ENDED)
    if form.is_valid():
        feed, _ = CalendarFeed.objects.update_or_create(
            user=request.user, defaults=form.cleaned_data
        )
        feed.renew()
        return _done(request, MADE)
    page = {"title": "Calls in your calendar", "form": form, "feed": feed}
    return render(request, "bookings/admin/calendar_feed.html", {**context, **page})


def _done(request, words):
    messages.success(request, words)
    return HttpResponseRedirect(reverse("admin:bookings_booking_calendar"))
