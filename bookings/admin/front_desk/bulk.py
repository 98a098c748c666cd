"""One decision about many requests: asked once, with how many mails it sends."""

from collections import Counter

from django.contrib import messages
from django.shortcuts import render

from bookings.admin.booking_actions import (
    DECISIONS,
    is_possible,
    may_decide,
    sends_mail,
)
from bookings.models import Booking


def bulk_actions(user):
    """Each decision as an action of the list, for whoever may decide."""
    if not may_decide(user):
        return {}
    return {
        verb: (_in_bulk(verb), verb, f"{decision.label}: the selected requests…")
        for verb, decision in DECISIONS.items()
    }


def _in_bulk(verb):
    def action(booking_admin, request, queryset):
        chosen = Booking.objects.with_call().filter(
            pk__in=[booking.pk for booking in queryset]
        )
        if "sure" not in request.POST:
            return _ask(booking_admin, request, verb, chosen)
        outcomes = Counter(
            booking_admin.carry_out(
                request, verb, booking, request.POST.get(f"version_{booking.pk}")
            )
            for booking in chosen
        )
        return tell(booking_admin, request, outcomes, "changed")

    return action


def _ask(booking_admin, request, verb, chosen):
    # As the list showed them: what has changed since is left alone, and named then.
    bookings = [
        (booking, request.POST.get(f"version_{booking.pk}", "")) for booking in chosen
    ]
    possible = [booking for booking in chosen if is_possible(verb, booking)]
    context = {
        **booking_admin.admin_site.each_context(request),
        "opts": booking_admin.opts,
        "title": f"{DECISIONS[verb].label}: are you sure?",
        "verb": verb,
        "label": DECISIONS[verb].label,
        "bookings": bookings,
        "possible": possible,
        "mails": sum(sends_mail(verb, booking) for booking in possible),
    }
    return render(request, "bookings/admin/bulk.html", context)


def tell(booking_admin, request, outcomes, done_words):
    """How many were done, and why the others were not: ``outcomes`` counts the reasons, the empty one for those that were."""
    done = outcomes.pop("", 0)
    if done:
        words = f"{done} {done_words}."
        booking_admin.message_user(request, words, messages.SUCCESS)
    for refusal, count in outcomes.items():
        booking_admin.message_user(
            request, f"{count} left as they were. {refusal}", messages.ERROR
        )
