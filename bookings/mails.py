"""What each mail says. None holds a word that the visitor wrote: mail is open to read on its way."""

from email.utils import formatdate

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from bookings import clock
from bookings.models import CallSettings
from bookings.tokens import address_token
from kneecare.clinic.models import Clinic
from kneecare.core.structured_data import absolute


def message_for(mail):
    """The message that ``mail`` stands for, or None when there is nobody to send it to."""
    clinic = Clinic.objects.current()
    booking = mail.booking
    to, link = _to_staff(booking, clinic) if mail.is_to_staff else _to_visitor(booking)
    if not to:
        return None
    context = {
        "clinic": clinic,
        "booking": booking,
        "call_time": booking.slot
        and clock.moment_words(booking.slot.starts_at, clinic.zone),
        "link": absolute(link),
        "book_link": absolute(reverse("book")),
    }
    return _message(mail, to, clinic.email, context)


def _to_staff(booking, clinic):
    to = CallSettings.objects.current().notify_email or clinic.email
    return to, reverse("admin:bookings_booking_change", args=[booking.pk])


def _to_visitor(booking):
    return booking.email, reverse("booking", args=[address_token(booking)])


def _message(mail, to, reply_to, context):
    name = f"emails/{mail.kind}"
    subject = " ".join(render_to_string(f"{name}_subject.txt", context).split())
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"{name}.txt", context),
        to=[to],
        reply_to=[reply_to] if reply_to else None,
        headers={
            "Message-ID": mail.message_id,
            "Date": formatdate(mail.created_at.timestamp(), usegmt=True),
            "Auto-Submitted": "auto-generated",
        },
    )
    html = render_to_string(f"{name}.html", {**context, "subject": subject})
    message.attach_alternative(html, "text/html")
    return message
