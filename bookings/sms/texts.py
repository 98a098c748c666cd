"""Text messages: rows of the outbox as mail is, sent in a lane of their own. None holds a word that the visitor wrote."""

import unicodedata
from dataclasses import dataclass

from bookings import clock
from bookings.models import Booking, CallSettings, OutboxMail
from bookings.sms.stops import wants_no_text
from kneecare.clinic.models import Clinic
from kneecare.core.jobs import mail_queue
from kneecare.core.sms import send_text

Kind = OutboxMail.Kind

ONE_SEGMENT = 160  # characters, all of them of the plain alphabet of text messages
WORDS = {
    Kind.TEXT_CONFIRMED: "{clinic}: Your call is confirmed for {when}. Our e-mail has the link to change it. Reply STOP to end texts.",
    Kind.TEXT_REMINDER: "{clinic}: Your call is on {when}. Our e-mail has the link to change it. Reply STOP to end texts.",
}


@dataclass(frozen=True)
class Text:
    to: str
    words: str

    def send(self) -> None:
        send_text(self.to, self.words)


def deliver() -> None:
    """Send what is due, oldest first. Several workers may do so at once."""
    texts = OutboxMail.objects.texts().select_related("booking__slot")
    mail_queue.deliver(texts, message_for)


def message_for(text: OutboxMail) -> Text | None:
    """None when its visitor, or staff, want no text by now."""
    booking = text.booking
    if not (_may_be_sent(booking) and booking.slot):
        return None
    clinic = Clinic.objects.current()
    when = clock.text_words(booking.slot.starts_at, clinic.zone)
    words = WORDS[Kind(text.kind)].format(clinic="{clinic}", when=when)
    room = ONE_SEGMENT - len(words) + len("{clinic}")
    name = _plain(clinic.name)[:room].rstrip()
    return Text(booking.phone.as_e164, words.replace("{clinic}", name))


def _may_be_sent(booking: Booking) -> bool:
    is_wanted = booking.texts_agreed_at is not None and bool(booking.phone)
    is_on = CallSettings.objects.current().texts_on
    return is_wanted and is_on and not wants_no_text(booking.phone)


def _plain(name: str) -> str:
    """In letters that need no second segment."""
    apart = unicodedata.normalize("NFKD", name)
    return apart.encode("ascii", "ignore").decode().strip() or "Your clinic"
