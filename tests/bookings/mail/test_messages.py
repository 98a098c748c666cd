import re
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.core import mail as post
from django.utils import timezone

from bookings import services
from bookings.mail import outbox
from bookings.mail.messages import message_for
from bookings.models import OutboxMail
from bookings.models.outbox import TEXTS
from bookings.tokens import url_token
from tests.factories import (
    STATE_OF_MAIL,
    make_booking,
    make_call_settings,
    make_clinic,
    make_mail,
    make_program,
    make_slot,
)

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_any_database("texts")]

MAILS = [kind for kind in OutboxMail.Kind.values if kind not in TEXTS]
CANARY = "canary-in-the-words"


def sent(kind, /, **fields):
    """The mail of ``kind`` as it leaves the house."""
    booking = make_booking(**({"state": STATE_OF_MAIL[kind]} | fields))
    make_mail(booking=booking, kind=kind)
    outbox.deliver()
    (message,) = post.outbox
    return message


def parts(message):
    return [message.body, message.alternatives[0].content]


@pytest.fixture(autouse=True)
def clinic():
    return make_clinic(email="desk@example.com")


@pytest.mark.parametrize("kind", MAILS)
def test_every_mail_has_a_subject_text_html_and_a_reference(kind):
    message = sent(kind, reference="ABC")

    assert message.subject
    assert all("ABC" in part for part in parts(message))
    assert message.alternatives[0].mimetype == "text/html"


@pytest.mark.parametrize("kind", MAILS)
def test_no_mail_holds_what_the_visitor_wrote(kind):
    message = sent(kind, message=CANARY, name=f"Ada {CANARY}", phone="+16025550123")

    raw = message.message().as_string()
    assert CANARY not in raw
    assert "6025550123" not in raw


# A reply is to an enquiry, which has no call.
ABOUT_CALLS = [kind for kind in MAILS if kind != "reply"]


@pytest.mark.parametrize("kind", ABOUT_CALLS)
def test_every_mail_about_a_call_names_its_time_on_the_clinics_clock(kind):
    slot = make_slot(starts_at=datetime(2030, 7, 1, 16, tzinfo=UTC))

    message = sent(kind, slot=slot)

    words = "Monday, July 1, 2030 at 9:00 AM Arizona time (MST)"
    assert all(words in part for part in parts(message))


@pytest.mark.parametrize("kind", ["received", "confirmed", "declined", "cancelled"])
def test_a_visitors_mail_goes_to_the_visitor_with_the_private_link(kind):
    message = sent(kind)

    booking = OutboxMail.objects.get().booking
    link = f"https://testserver/bookings/{url_token(booking)}/"
    assert message.to == ["ada@example.com"]
    assert all(link in part for part in parts(message))


@pytest.mark.parametrize("kind", MAILS)
def test_a_mail_with_a_private_link_asks_not_to_be_passed_on(kind):
    """Whoever has the link reads the request and may cancel it."""
    message = sent(kind)

    for part in parts(message):
        is_private = url_token(OutboxMail.objects.get().booking) in part
        assert ("Do not pass this mail on" in part) is is_private


@pytest.mark.parametrize("kind", MAILS)
def test_every_mail_says_that_a_program_sent_it(kind):
    """Else an answering machine answers it, and ours may answer that."""
    assert sent(kind).extra_headers["Auto-Submitted"] == "auto-generated"


def test_answers_to_a_visitors_mail_reach_the_clinic():
    assert sent("received").reply_to == ["desk@example.com"]


def test_staff_mail_goes_to_the_clinic_and_leads_to_the_admin():
    message = sent("new_request")

    booking = OutboxMail.objects.get().booking
    link = f"https://testserver/admin/bookings/booking/{booking.pk}/change/"
    assert message.to == ["desk@example.com"]
    assert all(link in part for part in parts(message))
    assert "/bookings/" not in message.body.replace("/admin/bookings/", "")


def test_staff_mail_goes_where_the_settings_say():
    make_call_settings(notify_email="calls@example.com")

    assert sent("new_request").to == ["calls@example.com"]


@pytest.mark.parametrize("kind", ["received", "cancelled", "new_request"])
def test_mail_about_an_enquiry_speaks_of_no_call(kind):
    state = "cancelled_by_visitor" if kind == "cancelled" else "requested"

    message = sent(kind, kind="join_program", program=make_program(), state=state)

    assert not re.search(r"\bcall\b", message.body)


def test_a_name_of_the_clinic_with_odd_characters_reads_well(clinic):
    clinic.name = "Knee & <Care>"
    clinic.save()

    message = sent("received")

    text, html = parts(message)
    assert message.subject == "We have your request for a call - Knee & <Care>"
    assert "Knee & <Care>" in text
    assert "Knee &amp; &lt;Care&gt;" in html


@pytest.mark.parametrize("kind", MAILS)
def test_every_mail_reads_well_aloud(kind):
    message = sent(kind)

    _, html = parts(message)
    assert '<html lang="en-US">' in html
    assert f"<title>{message.subject}</title>" in html
    assert html.count("<h1") == 1
    assert html.count("<table") == html.count('role="presentation"')


@pytest.mark.parametrize("kind", MAILS)
def test_no_mail_loads_anything(kind):
    _, html = parts(sent(kind))

    assert not re.search(r"<img|<link |src=|url\(|@import", html)


@pytest.mark.parametrize("kind", MAILS)
def test_every_mail_wears_the_colours_of_the_site(kind):
    tokens = (settings.BASE_DIR / "static/css/tokens.css").read_text()

    _, html = parts(sent(kind))

    used = set(re.findall(r"#[0-9a-f]{6}\b", html))
    assert used
    assert used - set(re.findall(r"#[0-9a-f]{6}\b", tokens)) == set()


@pytest.mark.parametrize("kind", ["declined", "cancelled"])
def test_a_mail_that_takes_a_time_away_leads_to_another(kind):
    text, html = parts(sent(kind))

    assert "https://testserver/book/" in text
    assert html.count('href="https://testserver/book/"') == 2


@pytest.mark.parametrize("kind", ["declined", "cancelled"])
def test_a_mail_that_takes_a_time_away_offers_the_nearest_free_ones(kind):
    make_call_settings()
    slot = make_slot(starts_at=timezone.now() + timedelta(days=9))
    far, *near = [
        make_slot(starts_at=slot.starts_at + timedelta(days=day))
        for day in [-7, -1, 1, 2]
    ]

    message = sent(kind, slot=slot)

    for part in parts(message):
        found = re.findall(r"/book/\?time=(\d+)", part)
        assert list(dict.fromkeys(found)) == [str(each.pk) for each in near]
        assert str(far.pk) not in found


def test_the_times_that_a_mail_offers_are_on_both_clocks():
    make_call_settings()
    for _ in range(2):
        make_slot()

    message = sent("declined", visitor_zone="America/New_York")

    assert all(part.count("On your clock") == 3 for part in parts(message))


def test_a_call_back_that_is_declined_offers_free_times_too():
    make_call_settings()
    make_slot()

    message = sent("declined", kind="call_back")

    assert message.subject == "We cannot call you back - KneeCare"
    assert all("/book/?time=" in part for part in parts(message))


@pytest.mark.parametrize("kind", ["received", "confirmed", "moved", "reminder"])
def test_a_mail_names_the_visitors_clock_too_where_it_differs(kind):
    slot = make_slot(starts_at=datetime(2030, 7, 1, 16, tzinfo=UTC))

    message = sent(kind, slot=slot, visitor_zone="America/New_York")

    own = "Monday, July 1, 2030 at 12:00 PM Eastern time (EDT)"
    assert all(f"On your clock: {own}" in part for part in parts(message))


@pytest.mark.parametrize("zone", ["", "America/Phoenix", "America/Creston", "No/Zone"])
def test_a_mail_names_one_clock_where_both_show_the_same(zone):
    assert "On your clock" not in sent("confirmed", visitor_zone=zone).body


def test_mail_about_a_call_back_says_so():
    message = sent("received", kind="call_back")

    assert message.subject == "We will call you back - KneeCare"
    assert "None" not in message.body


@pytest.mark.parametrize(
    ("state", "words"),
    [("confirmed", "is now on"), ("cancelled_by_visitor", "does not take place")],
)
def test_staff_are_told_when_a_visitor_moves_or_cancels(state, words):
    message = sent("changed", state=state)

    assert message.to == ["desk@example.com"]
    assert all(words in part for part in parts(message))


def test_a_mail_that_goes_to_a_corrected_address_says_still_who_moved_the_call(staff):
    booking = make_booking(email="wrong@example.com")
    services.move(booking, make_slot())
    who = {"name": "Ada", "email": "right@example.com", "phone": "+16025550123"}
    services.correct_contact(booking, **who, by=staff)

    message = message_for(booking.mails.get(kind="moved"))

    assert message.to == ["right@example.com"]
    assert "You moved your call." in message.body
    assert "We moved" not in message.body


def test_a_mail_of_a_visitors_move_says_so_after_staff_took_back_a_move_of_theirs(
    staff,
):
    booking = make_booking(state="confirmed")
    services.move(booking, make_slot())
    services.move(booking, make_slot(), by=staff)
    services.take_back(booking, by=staff)

    message = message_for(booking.mails.get(kind="moved", version=booking.version))

    assert "You moved your call." in message.body


@pytest.mark.parametrize(
    ("by_staff", "words"), [(True, "We moved"), (False, "You moved")]
)
def test_a_moved_call_says_who_moved_it(staff, by_staff, words):
    make_call_settings(undo_seconds=0)
    booking = make_booking(state="confirmed")
    services.move(booking, make_slot(), by=staff if by_staff else None)

    outbox.deliver()

    message = next(each for each in post.outbox if each.to == ["ada@example.com"])
    assert all(words in part for part in parts(message))


def test_a_mail_ends_with_how_to_reach_the_clinic(clinic):
    clinic.phone, clinic.street = "+16025550100", "1 Main Street"
    clinic.save()

    for part in parts(sent("received")):
        assert "(602) 555-0100" in part
        assert "1 Main Street" in part
