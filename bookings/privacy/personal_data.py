"""All that is kept of one person: found, handed out, erased."""

from django.db import transaction
from django.db.models import CharField, Q
from django.db.models.functions import Cast
from phonenumber_field.phonenumber import to_python as parsed

from bookings import services
from bookings.exceptions import ChangedMeanwhile
from bookings.models import Booking
from bookings.privacy import retention
from bookings.services.retry import tried_again
from bookings.states import State


def requests_of(email="", phone=""):
    """The requests of whoever has this e-mail, in whatever letters, or this phone number.

    Without an extension that is anybody at the number; with one, not the colleagues at another.
    """
    who = Q()
    if email:
        who |= Q(email__iexact=email)
    if phone:
        dialled = parsed(phone).as_rfc3966
        number, _, extension = dialled.partition(";ext=")
        other = (
            Q(dialled=dialled) if extension else Q(dialled__startswith=f"{number};ext=")
        )
        who |= Q(dialled=number) | other
    # As it is stored: the field itself would read the beginning of a number as another number.
    stored = Booking.objects.alias(dialled=Cast("phone", CharField()))
    return stored.filter(who) if who else Booking.objects.none()


def export(bookings):
    """Everything kept about ``bookings``, for a person who asks to see it."""
    rows = bookings.with_call().order_by("created_at")
    related = rows.prefetch_related("wishes", "notes", "events", "offers", "mails")
    return {"requests": [_request(booking) for booking in related]}


def as_seen(bookings):
    """Which requests these are, each as it stands now."""
    return sorted(f"{booking.pk}:{booking.version}" for booking in bookings)


@tried_again
@transaction.atomic
def erase(bookings, *, by, seen=None):
    """Close what is open, so that its times are free again, and delete who asked and every word of it.

    ``seen``: what ``as_seen`` said of the requests that somebody looked at, where somebody did: they are all that is erased.
    What is left tells how many requests there were, of what kind, when, and what became of them. Raises
    ``ChangedMeanwhile`` when a request came, went or changed in between; then nothing was erased.
    """
    chosen = list(bookings.with_call().order_by("pk"))  # one order for all
    if seen is not None and as_seen(chosen) != seen:
        raise ChangedMeanwhile
    for booking in chosen:
        _close(booking, by)
    # Not what may have come in meanwhile: nobody has looked at it.
    retention.erase(Booking.objects.filter(pk__in=[booking.pk for booking in chosen]))
    return len(chosen)


def _close(booking, by):
    if booking.has_started:
        return  # no time to free, and how it went is for staff to say
    if booking.can_become(State.CANCELLED_BY_CLINIC):
        services.cancel_by_clinic(booking, by=by)
    elif booking.can_become(State.DECLINED):
        services.decline(booking, by=by)


def _request(booking):
    return {
        "reference": booking.reference,
        "kind": booking.get_kind_display(),
        "state": booking.get_state_display(),
        "asked": booking.created_at,
        "held until": booking.hold_ends_at,
        "call": booking.slot and _call(booking.slot),
        "program": booking.program and booking.program.title,
        **{
            label: str(getattr(booking, field))
            for field, label in retention.PERSONAL_FIELDS.items()
        },
        "flag": ", ".join(booking.suspicions),
        "consent": {"version": booking.consent_version, "given": booking.consented_at},
        "agreed to text messages": booking.texts_agreed_at,
        "wishes": [
            {"day": wish.day, "time": wish.get_part_display()}
            for wish in booking.wishes.all()
        ],
        "wishes for an earlier time since": booking.wants_earlier_since,
        "earlier times offered": [_offer(offer) for offer in booking.offers.all()],
        "notes of staff": [
            {"at": note.at, "text": note.text} for note in booking.notes.all()
        ],
        "what happened": [_event(event) for event in booking.events.all()],
        "mail": [_mail(mail) for mail in booking.mails.all()],
    }


def _call(slot):
    who = str(slot.clinician)
    return {"starts": slot.starts_at, "ends": slot.ends_at, "with": who}


def _offer(offer):
    return {
        "time": offer.starts_at,
        "offered": offer.created_at,
        "held until": offer.expires_at,
        "what became of it": offer.get_state_display(),
    }


def _event(event):
    return {
        "at": event.at,
        "what": str(event),
        "from": event.time_before,
        "to": event.time_after,
        "by": "staff" if event.is_by_staff else "visitor or clock",
    }


def _mail(mail):
    return {
        "kind": mail.get_kind_display(),
        "state": mail.get_state_display(),
        "what staff wrote": mail.text,
        "written": mail.created_at,
        "came back": mail.bounced_at,
        "complained of": mail.complained_at,
    }
