"""What the mail provider says of mail that it sent on, read by django-anymail once it is sure who says it."""

from anymail.exceptions import AnymailError, AnymailWebhookValidationFailure
from anymail.signals import AnymailTrackingEvent, EventType
from anymail.webhooks.brevo import BrevoTrackingWebhookView
from anymail.webhooks.mailgun import MailgunTrackingWebhookView
from anymail.webhooks.postmark import PostmarkTrackingWebhookView
from django.core.exceptions import ImproperlyConfigured

# Each with the name by which it takes its secret.
READERS = {
    "mailgun": (MailgunTrackingWebhookView, "webhook_signing_key"),
    "postmark": (PostmarkTrackingWebhookView, "webhook_secret"),
    "brevo": (BrevoTrackingWebhookView, "webhook_secret"),
}
BOUNCED = (EventType.BOUNCED, EventType.REJECTED)
# What reading words of an unknown shape may raise.
UNREADABLE = (
    AnymailError,
    ImproperlyConfigured,
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)


class NotFromProvider(Exception):
    """It does not show that it comes from the provider."""


class NotReadable(Exception):
    """It comes from the provider, and says nothing that can be read."""


def read_events(request, provider, secret):
    """The events that ``request`` tells of. Nothing of it is believed before its signature or password is right."""
    reader, name_of_secret = READERS[provider]
    view = reader(**{name_of_secret: secret})
    try:
        view.run_validators(request)
    except (AnymailWebhookValidationFailure, *UNREADABLE) as error:
        raise NotFromProvider from error
    try:
        return [told for told in view.parse_events(request) if told]
    except UNREADABLE as error:
        raise NotReadable from error


def message_ids(event: AnymailTrackingEvent) -> list[str]:
    """The names of the mail that ``event`` is about, as ``OutboxMail.message_id`` may have them."""
    metadata = event.metadata if isinstance(event.metadata, dict) else {}
    names = [metadata.get("message-id"), event.message_id]
    return [f"<{name.strip('<>')}>" for name in names if isinstance(name, str) and name]
