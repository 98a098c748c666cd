"""Who agreed gets a text that confirms their call and one that reminds them, sent as mail is, and none after STOP."""

import os
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from bookings import services
from bookings.mail import outbox
from bookings.models import (
    AppointmentKind,
    Booking,
    CallSettings,
    OutboxMail,
    TextStop,
)
from bookings.privacy import retention
from bookings.sms import texts
from bookings.tokens import url_token
from kneecare.core import sms
from kneecare.core.sms import TextNotTaken, TextRefused, Twilio
from tests.at_once import WINNER, at_once
from tests.bookings.desk import page_of
from tests.bookings.posting import ask_for
from tests.factories import (
    make_booking,
    make_call_settings,
    make_clinic,
    make_mail,
    make_slot,
)

pytestmark = pytest.mark.django_db
PHONE = "+16025550123"
URL = "/text-events/"
ACCOUNT = Twilio("api.twilio.com", "AC1", "a-token", "+16025550100")


@pytest.fixture(autouse=True)
def clinic():
    cache.clear()
    make_call_settings(texts_on=True, undo_seconds=0)
    return make_clinic(name="Rosa Knee Clinic")


@pytest.fixture
def sent(monkeypatch):
    """What was given to the provider: number and words."""
    given = []
    monkeypatch.setattr(texts, "send_text", lambda to, words: given.append((to, words)))
    return given


def agreed(**fields):
    now = timezone.now()
    return make_booking(phone=PHONE, texts_agreed_at=now, **fields)


def kinds(booking):
    return set(booking.mails.values_list("kind", flat=True))


def test_a_confirmed_call_is_told_by_text_too(staff, sent):
    slot = make_slot(starts_at=datetime(2030, 7, 1, 16, tzinfo=UTC))
    booking = agreed(slot=slot, message="My knee is sore.")
    services.confirm(booking, by=staff)

    texts.deliver()

    ((to, words),) = sent
    assert to == PHONE
    assert words == (
        "Rosa Knee Clinic: Your call is confirmed for Mon, Jul 1, 9:00 AM Arizona time. "
        "Our e-mail has the link to change it. Reply STOP to end texts."
    )
    assert url_token(booking) not in words
    assert booking.mails.get(kind="text_confirmed").state == "sent"


@pytest.mark.parametrize(
    "name", ["K", "Clínica de la Rodilla Ñandú " * 4, "\N{CJK UNIFIED IDEOGRAPH-4E00}"]
)
@pytest.mark.parametrize("kind", ["text_confirmed", "text_reminder"])
def test_a_text_is_one_segment_of_plain_letters(clinic, sent, name, kind):
    type(clinic).objects.update(
        name=name[:80], time_zone="America/Argentina/ComodRivadavia"
    )
    make_mail(booking=agreed(state="confirmed"), kind=kind)

    texts.deliver()

    ((_, words),) = sent
    assert len(words) <= 160
    assert words.isascii()


def test_mail_and_texts_go_their_own_ways(staff, sent, mailoutbox):
    booking = agreed()
    services.confirm(booking, by=staff)

    outbox.deliver()
    assert (len(mailoutbox), sent) == (1, [])

    texts.deliver()
    assert (len(mailoutbox), len(sent)) == (1, 1)


@pytest.mark.parametrize(
    "change",
    [
        lambda: Booking.objects.update(texts_agreed_at=None),
        lambda: Booking.objects.update(phone=""),
        lambda: CallSettings.objects.update(texts_on=False),
    ],
    ids=["did not agree", "no number", "switched off"],
)
def test_who_is_not_to_get_a_text_gets_none(staff, sent, change):
    booking = agreed(state="confirmed")
    make_mail(booking=booking, kind="text_confirmed")
    change()

    texts.deliver()

    assert sent == []
    assert booking.mails.get().state == "aborted"


def test_without_consent_none_is_owed(staff):
    booking = make_booking(phone=PHONE)
    services.confirm(booking, by=staff)

    assert kinds(booking) == {"confirmed"}


def test_the_reminder_is_texted_once():
    with time_machine.travel(timezone.now() - timedelta(days=3)):
        slot = make_slot(starts_at=timezone.now() + timedelta(days=3, hours=12))
        booking = agreed(state="confirmed", slot=slot)

    services.remind()
    services.remind()

    assert sorted(booking.mails.values_list("kind", flat=True)) == [
        "reminder",
        "text_reminder",
    ]


def test_a_text_waits_until_its_press_cannot_be_undone(staff, sent):
    CallSettings.objects.update(undo_seconds=60)
    booking = agreed()
    services.confirm(booking, by=staff)
    texts.deliver()
    assert sent == []

    services.take_back(booking, by=staff)

    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        texts.deliver()
    assert sent == []
    assert booking.mails.get(kind="text_confirmed").state == "aborted"


def test_a_text_about_a_call_that_was_cancelled_is_not_sent(staff, sent):
    booking = agreed()
    services.confirm(booking, by=staff)
    services.cancel_by_visitor(booking)

    texts.deliver()

    assert sent == []


def test_a_text_that_waits_is_not_owed_twice_when_a_cancel_is_taken_back(staff):
    booking = agreed()
    services.confirm(booking, by=staff)
    booking.mails.filter(kind="confirmed").update(state="sent")
    services.cancel_by_clinic(booking, by=staff)
    booking.mails.filter(kind="cancelled").update(state="sent")

    services.take_back(booking, by=staff)

    owed = booking.mails.filter(version=booking.version, state="waiting")
    assert sorted(owed.values_list("kind", flat=True)) == [
        "confirmed",
        "text_confirmed",
    ]


def test_a_text_that_waits_is_not_owed_twice_when_the_e_mail_is_corrected(staff):
    booking = agreed()
    services.confirm(booking, by=staff)
    booking.mails.filter(kind="confirmed").update(state="sent")

    services.correct_contact(
        booking, name="Ada", email="new@example.com", phone=PHONE, by=staff
    )

    owed = booking.mails.filter(version=booking.version, state="waiting")
    assert sorted(owed.values_list("kind", flat=True)) == [
        "confirmed",
        "text_confirmed",
    ]


def test_a_text_that_is_refused_is_parked_and_the_next_goes_out(monkeypatch, sent):
    first, second = (
        make_mail(booking=agreed(state="confirmed"), kind="text_confirmed")
        for _ in range(2)
    )
    gave = iter([TextRefused(21211), None])

    def send(to, words):
        if error := next(gave):
            raise error

    monkeypatch.setattr(texts, "send_text", send)
    texts.deliver()

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.last_error) == ("failed", "TextRefused 21211")
    assert second.state == "sent"


def test_a_provider_that_is_away_is_asked_again_later(monkeypatch):
    text = make_mail(booking=agreed(state="confirmed"), kind="text_confirmed")

    def send(to, words):
        raise TextNotTaken(503)

    monkeypatch.setattr(texts, "send_text", send)
    texts.deliver()

    text.refresh_from_db()
    assert (text.state, text.last_error) == ("waiting", "TextNotTaken 503")
    assert text.next_attempt_at > timezone.now()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_workers_send_a_text_once(sent):
    for _ in range(4):
        make_mail(booking=agreed(state="confirmed"), kind="text_confirmed")

    assert at_once(*[texts.deliver] * 3) == {WINNER: 3}
    assert len(sent) == 4


def test_a_number_gets_six_texts_a_day_at_most(staff):
    for _ in range(6):
        make_mail(booking=agreed(state="confirmed"), kind="text_confirmed")
    booking = agreed()

    services.confirm(booking, by=staff)

    assert kinds(booking) == {"confirmed"}


def test_a_corrected_number_has_not_agreed(staff):
    booking = agreed(state="confirmed")

    services.correct_contact(
        booking, name="Ada", email=booking.email, phone="+16025550124", by=staff
    )
    assert Booking.objects.get(pk=booking.pk).texts_agreed_at is None


def test_a_corrected_name_leaves_the_agreement(staff):
    booking = agreed(state="confirmed")

    services.correct_contact(
        booking, name="Ada L.", email=booking.email, phone=PHONE, by=staff
    )
    assert Booking.objects.get(pk=booking.pk).texts_agreed_at is not None


# The form -------------------------------------------------------------------


def test_the_form_asks_only_while_texts_are_switched_on(client):
    assert "agrees_to_texts" in client.get("/book/").text

    CallSettings.objects.update(texts_on=False)
    assert "agrees_to_texts" not in client.get("/book/").text


@pytest.mark.parametrize("tick", [{"agrees_to_texts": "on"}, {}])
def test_a_tick_and_nothing_else_is_an_agreement(client, tick):
    ask_for(client, make_slot(), **tick)

    assert bool(Booking.objects.get().texts_agreed_at) is bool(tick)


def test_who_wants_texts_gives_a_number(client):
    AppointmentKind.objects.create(mode="visitor_calls")

    answer = ask_for(client, make_slot(), phone="", agrees_to_texts="on")

    assert answer.status_code == 422
    assert "so that we can text you" in answer.text


def test_staff_see_when_it_was_agreed(staff_client):
    page = staff_client.get(page_of(agreed())).text

    assert "Agreed to texts on" in page


# STOP -----------------------------------------------------------------------


@pytest.fixture
def twilio(settings):
    settings.SMS = ACCOUNT


def wrote(client, words, *, sender=PHONE, account=ACCOUNT, **more):
    fields = {"From": sender, "Body": words, **more}
    signature = account.signature(f"https://testserver{URL}", fields.items())
    return client.post(URL, fields, headers={"X-Twilio-Signature": signature})


@pytest.mark.parametrize("words", ["STOP", " stop ", "Stop.", "UNSUBSCRIBE", "Quit"])
def test_stop_ends_every_text_to_that_number(client, twilio, staff, sent, words):
    booking, other = agreed(state="confirmed"), make_booking(phone="+16025550124")
    Booking.objects.filter(pk=other.pk).update(texts_agreed_at=timezone.now())
    make_mail(booking=booking, kind="text_reminder")

    answer = wrote(client, words)

    assert (answer.status_code, answer.content) == (200, b"<Response></Response>")
    assert Booking.objects.get(pk=booking.pk).texts_agreed_at is None
    assert Booking.objects.get(pk=other.pk).texts_agreed_at is not None
    assert booking.mails.get().state == "aborted"
    texts.deliver()
    assert sent == []


def test_after_stop_a_new_tick_sends_nothing_until_start(client, twilio, sent):
    wrote(client, "STOP")
    text = make_mail(booking=agreed(state="confirmed"), kind="text_confirmed")
    texts.deliver()
    assert sent == []

    wrote(client, "Start")
    OutboxMail.objects.filter(pk=text.pk).update(state="waiting")
    texts.deliver()
    assert len(sent) == 1


def test_other_words_are_let_be(client, twilio):
    booking = agreed(state="confirmed")

    assert wrote(client, "Please do not stop helping me").status_code == 200
    assert wrote(client, "STOP", sender="nobody").status_code == 200

    assert Booking.objects.get(pk=booking.pk).texts_agreed_at is not None
    assert not TextStop.objects.exists()


def test_saying_stop_twice_is_no_fault(client, twilio):
    wrote(client, "STOP")

    assert wrote(client, "STOP").status_code == 200
    assert TextStop.objects.count() == 1


def test_only_the_provider_is_believed(client, twilio):
    booking = agreed(state="confirmed")
    forger = Twilio("api.twilio.com", "AC1", "another-token", "+16025550100")

    assert wrote(client, "STOP", account=forger).status_code == 403
    assert client.post(URL, {"From": PHONE, "Body": "STOP"}).status_code == 403
    assert Booking.objects.get(pk=booking.pk).texts_agreed_at is not None


def test_a_form_that_was_altered_on_the_way_is_not_believed(client, twilio):
    fields = {"From": PHONE, "Body": "Hello"}
    signature = ACCOUNT.signature(f"https://testserver{URL}", fields.items())
    altered = {**fields, "Body": "STOP"}

    answer = client.post(URL, altered, headers={"X-Twilio-Signature": signature})

    assert answer.status_code == 403


def test_without_a_provider_nobody_is_there(client):
    assert client.post(URL, {"Body": "STOP"}).status_code == 404


def test_a_flood_of_forgeries_is_told_to_wait(client, twilio, monkeypatch):
    monkeypatch.setattr("bookings.views.text_events.REFUSALS_AN_HOUR", 2)

    statuses = [client.post(URL, {"Body": "STOP"}).status_code for _ in range(4)]

    assert statuses == [403, 403, 429, 429]
    assert wrote(client, "STOP").status_code == 200


@pytest.mark.usefixtures("twilio")
def test_looking_at_the_address_changes_nothing(client):
    assert client.get(URL).status_code == 405


def test_of_a_number_that_said_stop_only_a_hash_is_kept(client, twilio):
    wrote(client, "STOP")

    assert "6025550123" not in TextStop.objects.get().phone_key


# Files ----------------------------------------------------------------------


def test_texts_in_files_are_deleted_as_mail_is(settings, tmp_path):
    settings.SMS, settings.SMS_FILE_PATH = None, tmp_path
    for words, age in [("Old", timedelta(days=8)), ("New", timedelta(0))]:
        before = {*tmp_path.iterdir()}
        sms.send_text(PHONE, words)
        (new,) = {*tmp_path.iterdir()} - before
        written = time.time() - age.total_seconds()
        os.utime(new, (written, written))  # the disk has a clock of its own

    retention.purge()

    (left,) = tmp_path.iterdir()
    assert "New" in left.read_text()
