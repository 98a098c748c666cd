"""What each mail about an account says."""

from django.urls import reverse
from django.utils import timezone

from kneecare.accounts.mail import links
from kneecare.accounts.models import AccountMail
from kneecare.clinic.models import Clinic
from kneecare.core.clock import moment_words
from kneecare.core.jobs import mail_queue
from kneecare.core.structured_data import absolute

Kind = AccountMail.Kind


def deliver():
    """Send what is due, oldest first. Several workers may do so at once."""
    mail_queue.deliver(AccountMail.objects.select_related("user"), message_for)


def message_for(mail):
    """The message that ``mail`` stands for, or None when there is nobody to send it to."""
    user = mail.user
    to = mail.to or (user.email if user else "")
    if not to or not user.is_active:
        return None
    clinic = Clinic.objects.current()
    context = {
        "clinic": clinic,
        "user": user,
        "about": mail.about,
        "at": _moment(mail, clinic),
        "link": absolute(_link(mail)),
    }
    return mail_queue.make_message(mail, f"emails/account/{mail.kind}", context, to)


def _moment(mail, clinic):
    with timezone.override(clinic.zone):
        return moment_words(mail.created_at)


def _link(mail):
    if mail.kind == Kind.INVITATION:
        return links.link_for(mail.user, links.INVITATION)
    if mail.kind == Kind.PASSWORD_RESET:
        return links.link_for(mail.user, links.RESET)
    return reverse("account_sessions")
