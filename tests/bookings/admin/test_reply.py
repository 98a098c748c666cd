"""An enquiry is answered by mail from the queue."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from bookings import services
from bookings.exceptions import NotPossible
from bookings.mail import outbox
from bookings.models import Booking, BookingEvent, CallSettings, ReplyTemplate
from bookings.privacy.retention import purge
from kneecare.audit.models import AuditEvent
from tests.bookings.desk import QUEUE, page_of, said, state
from tests.factories import make_booking, make_call_settings, make_clinic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clinic():
    make_call_settings()
    return make_clinic(email="desk@example.com")


@pytest.fixture
def enquiry():
    return make_booking(kind="say_hi", message="Do you open on Saturday?")


def reply(client, booking, text="We open at 8 & close at 12.", **fields):
    data = {"text": text, "version": booking.version, **fields}
    return client.post(f"{QUEUE}{booking.pk}/reply/", data, follow=True)


def test_a_reply_waits_a_minute_and_goes_out_as_it_was_written(
    staff_client, enquiry, mailoutbox
):
    page = reply(staff_client, enquiry)
    outbox.deliver()
    assert mailoutbox == []
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        outbox.deliver()

    (mail,) = mailoutbox
    assert said(page) == [f"{enquiry}: Replied."]
    assert state(enquiry) == "completed"
    assert mail.to == ["ada@example.com"]
    assert mail.reply_to == ["desk@example.com"]
    assert "We open at 8 & close at 12." in mail.body
    assert "We open at 8 &amp; close at 12." in mail.alternatives[0].content
    assert "Saturday" not in str(mail.message())


def test_a_reply_is_undone_while_it_waits(staff_client, enquiry, mailoutbox):
    reply(staff_client, enquiry)
    page = staff_client.get(f"{QUEUE}?when=all").text

    undo = {"version": 2}
    staff_client.post(f"{QUEUE}{enquiry.pk}/undo/", undo)
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        outbox.deliver()

    assert "Replied. The mail goes out in" in page
    assert state(enquiry) == "requested"
    assert mailoutbox == []


def test_a_reply_that_has_gone_is_not_taken_back(staff, enquiry):
    services.reply(enquiry, "Yes.", by=staff)
    BookingEvent.objects.update(at=timezone.now() - timedelta(minutes=2))

    with pytest.raises(NotPossible):
        services.take_back(enquiry, by=staff)


def test_one_can_write_once_more(staff, enquiry):
    services.reply(enquiry, "Yes.", by=staff)
    services.reply(enquiry, "From nine.", by=staff)

    mails = enquiry.mails.order_by("version").values_list("version", "text")
    assert list(mails) == [(2, "Yes."), (3, "From nine.")]


def test_of_two_replies_that_were_written_at_once_both_go_out(
    staff_client, enquiry, mailoutbox
):
    reply(staff_client, enquiry, "We open at 8.")
    refused = reply(staff_client, enquiry, "You can park behind the house.")
    enquiry.refresh_from_db()
    reply(staff_client, enquiry, "You can park behind the house.")

    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        outbox.deliver()

    assert refused.status_code == 409
    assert "You can park behind the house." in refused.text
    words = ["We open at 8.", "You can park behind the house."]
    assert all(text in mail.body for text, mail in zip(words, mailoutbox, strict=True))


def test_a_reply_goes_out_after_its_request_has_changed(staff, enquiry, mailoutbox):
    services.reply(enquiry, "We open at 8.", by=staff)
    who = {"name": "Ada", "email": "new@example.com", "phone": ""}
    services.correct_contact(enquiry, **who, by=staff)
    services.reply(enquiry, "And on Saturday at 9.", by=staff)

    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        outbox.deliver()

    assert [mail.to for mail in mailoutbox] == [["new@example.com"]] * 2


def test_a_reply_whose_words_were_deleted_is_not_sent(staff, enquiry, mailoutbox):
    services.reply(enquiry, "We open at 8.", by=staff)
    Booking.objects.update(created_at=timezone.now() - timedelta(days=31))
    purge()

    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        outbox.deliver()

    assert mailoutbox == []
    assert enquiry.mails.get().state == "aborted"


def test_what_staff_wrote_is_kept_no_longer_than_a_mail_that_was_sent(staff):
    CallSettings.objects.update(mail_days=2)
    sent, waits = [make_booking(kind="say_hi") for _ in range(2)]
    for booking in (sent, waits):
        services.reply(booking, "We open at 8.", by=staff)
    sent.mails.update(state="sent")

    with time_machine.travel(timezone.now() + timedelta(days=1, hours=23)):
        purge()
        assert sent.mails.get().text == "We open at 8."
    with time_machine.travel(timezone.now() + timedelta(days=2, minutes=1)):
        purge()

    assert sent.mails.get().text == ""
    assert waits.mails.get().text == "We open at 8."


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "discovery_call"},
        {"kind": "call_back"},
        {"kind": "say_hi", "state": "declined"},
        {"kind": "say_hi", "email": "", "phone": "+16025550123"},
    ],
    ids=str,
)
def test_there_is_a_reply_to_open_enquiries_with_an_e_mail_alone(staff_client, fields):
    booking = make_booking(**fields)

    page = reply(staff_client, booking)

    assert page.status_code == 409
    assert not booking.mails.exists()


def test_a_template_begins_the_reply(staff_client, enquiry):
    ours = ReplyTemplate.objects.create(title="Hours", text="We open at eight.")

    listed = staff_client.get(f"{QUEUE}{enquiry.pk}/reply/").text
    begun = staff_client.get(f"{QUEUE}{enquiry.pk}/reply/?template={ours.pk}").text

    assert f'href="?template={ours.pk}"' in listed
    assert "We open at eight.</textarea>" in begun


@pytest.mark.parametrize(
    ("fields", "words", "status"),
    [
        ({"text": ""}, "Write the reply first.", 422),
        ({"text": "a" * 2001}, "Write at most 2000 characters. This has 2001.", 422),
        ({"version": 9}, "The request has changed since you opened it.", 409),
    ],
    ids=["empty", "long", "stale"],
)
def test_a_reply_that_is_not_sent_comes_back(
    staff_client, enquiry, fields, words, status
):
    page = reply(staff_client, enquiry, **fields)

    assert page.status_code == status
    assert words in page.text
    assert state(enquiry) == "requested"


def test_the_visitors_page_says_that_it_is_answered(client, staff, enquiry):
    services.reply(enquiry, "Yes.", by=staff)

    booking = Booking.objects.get()
    assert str(booking.events.get()) == "Replied"
    assert booking.state == "completed"


def test_the_queue_leads_to_the_reply(staff_client, enquiry):
    link = f"{QUEUE}{enquiry.pk}/reply/"

    assert link in staff_client.get(f"{QUEUE}?when=needs").text
    page = staff_client.get(page_of(enquiry)).text
    assert link in page
    assert 'href="mailto:ada@example.com"' in page


def test_what_staff_wrote_goes_with_what_the_visitor_wrote(staff, enquiry):
    services.reply(enquiry, "Yes.", by=staff)

    from_now = enquiry.created_at - timedelta(days=31)
    Booking.objects.update(created_at=from_now)
    purge()

    assert enquiry.mails.get().text == ""


def test_who_reads_the_words_on_the_page_to_reply_is_written_down(
    staff_client, enquiry
):
    staff_client.get(f"{QUEUE}{enquiry.pk}/reply/")

    opened = AuditEvent.objects.filter(kind="opened")
    assert [event.subject for event in opened] == [enquiry.reference]
