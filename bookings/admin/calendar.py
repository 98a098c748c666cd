"""Where a member of staff gets, renews or ends their own calendar address."""

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from bookings.models import CalendarSubscription
from bookings.views.calendar_feed import address_of
from kneecare.clinic.models import Clinician

MADE = "You have a new address. The one before it, if there was one, no longer works."
ENDED = "Your address no longer works."


class SubscriptionForm(forms.Form):
    clinician = forms.ModelChoiceField(
        Clinician.objects.all(),
        required=False,
        empty_label="Everybody",
        label="Calls with",
    )


@never_cache
def calendar_address(request, context):
    """``context``: what every page of the admin is given."""
    subscription = CalendarSubscription.objects.filter(user=request.user).first()
    form = SubscriptionForm(
        request.POST if request.method == "POST" else None,
        initial={"clinician": subscription and subscription.clinician_id},
    )
    if "end" in request.POST:
        CalendarSubscription.objects.filter(user=request.user).delete()
        return _done(request, ENDED)
    if form.is_valid():
        _make(request.user, form.cleaned_data["clinician"])
        return _done(request, MADE)
    page = {
        "title": "Calls in your calendar",
        "form": form,
        "subscription": subscription,
        "address": subscription and address_of(subscription),
    }
    return render(request, "bookings/admin/calendar_feed.html", {**context, **page})


def _make(user, clinician):
    subscription, _ = CalendarSubscription.objects.update_or_create(
        user=user, defaults={"clinician": clinician}
    )
    subscription.renew()


def _done(request, words):
    messages.success(request, words)
    return HttpResponseRedirect(reverse("admin:bookings_booking_calendar"))
