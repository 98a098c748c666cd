"""Sending the mail that is owed to visitors and to the front desk."""

from bookings.mail.messages import message_for
from bookings.models import OutboxMail
from kneecare.core.jobs import mail_queue


def deliver():
    """Send what is due, oldest first. Several workers may do so at once."""
    mails = OutboxMail.objects.mails().select_related(
        "booking__slot", "offer__slot__clinician"
    )
    mail_queue.deliver(mails, message_for)
