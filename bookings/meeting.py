"""How a call takes place, in words for its visitor."""

from dataclasses import dataclass
from urllib.parse import quote

from bookings.models import AppointmentKind
from bookings.states import State

Mode = AppointmentKind.Mode
US = 1  # the country code


@dataclass(frozen=True)
class Meeting:
    words: str
    lines: tuple[str, ...] = ()  # an address, and the way in
    url: str = ""
    url_words: str = ""

    @property
    def location(self):
        """Where it is, as calendar programs ask for it: one line."""
        return ", ".join(self.lines) or self.url or self.words


def phone_words(phone):
    """A phone number as people at home read it: with its country where that is another one."""
    if not phone:
        return ""
    at_home = phone.country_code == US
    return phone.as_national if at_home else phone.as_international


def mailto(email):
    """The URL of a mail to ``email`` and to nobody else: ? and & may stand in an address, and mean more in a URL."""
    return f"mailto:{quote(email, safe='@')}"


def meeting_of(booking, kind, clinic):
    """How the call of ``booking`` takes place; the link of a video call once it is confirmed."""
    match kind.mode:
        case Mode.CLINIC_CALLS:
            return _we_call(booking)
        case Mode.VISITOR_CALLS:
            return _you_call(clinic)
        case Mode.VIDEO:
            return _video(booking, kind)
    return _in_person(kind, clinic)


def outlook(kind, clinic):
    """The same before there is a booking: what whoever thinks of one wants to know."""
    match kind.mode:
        case Mode.CLINIC_CALLS:
            return Meeting("We call you at your time.")
        case Mode.VISITOR_CALLS:
            return _you_call(clinic)
        case Mode.VIDEO:
            return Meeting("We meet by video. We send you the link.")
    return _in_person(kind, clinic)


def _we_call(booking):
    if booking.phone:
        return Meeting(f"We call you on {phone_words(booking.phone)}.")
    return Meeting("We call you. We do not have your phone number yet: please send it.")


def _you_call(clinic):
    if not clinic.phone:
        return Meeting("You call us.")
    words = f"You call us on {phone_words(clinic.phone)}."
    return Meeting(words, url=clinic.phone.as_rfc3966, url_words="Call us")


def _video(booking, kind):
    if booking.state != State.CONFIRMED:
        return Meeting("We meet by video. You get the link with our yes.")
    words = "We meet by video. Open this link at the time of the call."
    return Meeting(words, url=kind.video_url, url_words="Open the video call")


def _in_person(kind, clinic):
    place = kind.place.splitlines() or clinic.address_lines
    lines = [*place, *kind.directions.splitlines()]
    told = tuple(line.strip() for line in lines if line.strip())
    return Meeting("You come to us:", told, kind.map_url, "See it on a map")
