import smtplib
from datetime import timedelta

import pytest
import time_machine
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from bookings import services
from bookings.mail import outbox
from bookings.models import OutboxMail
from tests.factories import make_booking, make_call_settings, make_clinic, make_mail

pytestmark = pytest.mark.django_db

NOW = timezone.now()


class Postman(BaseEmailBackend):
    """Raises what is set as ``faults`` for an address, or for everybody."""

    faults: dict = {}
    sent: list = []

    def send_messages(self, messages):
        for message in messages:
            fault = self.faults.get(message.to[0], self.faults.get("everybody"))
            if fault:
                raise fault
            self.sent.append(message)
        return len(messages)


@pytest.fixture(autouse=True)
def postman(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Postman"
    monkeypatch.setattr(Postman, "faults", {})
    monkeypatch.setattr(Postman, "sent", [])
    return Postman


@pytest.fixture(autouse=True)
def clock():
    make_clinic()
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def refused(code, address="ada@example.com"):
    return smtplib.SMTPRecipientsRefused({address: (code, b"No such person here")})


def stored(mail):
    return OutboxMail.objects.get(pk=mail.pk)


def test_deliver_sends_what_is_due_once(postman):
    mail = make_mail()

    outbox.deliver()
    outbox.deliver()

    assert [message.to for message in postman.sent] == [["ada@example.com"]]
    assert stored(mail).state == "sent"
    assert stored(mail).leased_until is None


def test_deliver_leaves_mail_whose_time_has_not_come(postman):
    make_mail(next_attempt_at=NOW + timedelta(seconds=1))

    outbox.deliver()

    assert postman.sent == []


def test_deliver_aborts_mail_of_a_request_that_has_moved_on(postman, staff):
    make_call_settings(undo_seconds=0)
    booking = make_booking()
    mail = make_mail(booking=booking)
    services.confirm(booking, by=staff)

    outbox.deliver()

    assert stored(mail).state == "aborted"
    assert [message.subject for message in postman.sent] == [
        "Your call is confirmed - KneeCare"
    ]


def test_deliver_aborts_mail_that_nobody_is_to_get(postman):
    mail = make_mail(kind="new_request")

    outbox.deliver()

    assert stored(mail).state == "aborted"
    assert postman.sent == []


@pytest.mark.parametrize(
    "fault",
    [
        ConnectionRefusedError(),
        TimeoutError(),
        smtplib.SMTPServerDisconnected("Connection unexpectedly closed"),
        smtplib.SMTPAuthenticationError(535, b"Bad password"),
        smtplib.SMTPSenderRefused(550, b"Not you", "us@example.com"),
        smtplib.SMTPDataError(451, b"Later"),
        refused(450),
    ],
    ids=lambda fault: type(fault).__name__,
)
def test_a_fault_that_may_pass_leaves_the_mail_waiting(postman, fault):
    mail = make_mail()
    postman.faults = {"everybody": fault}

    outbox.deliver()

    assert stored(mail).state == "waiting"
    assert NOW < stored(mail).next_attempt_at <= NOW + timedelta(seconds=10)
    assert stored(mail).attempts == 1


def test_waiting_mail_is_sent_when_the_server_is_back(postman, clock):
    mail = make_mail()
    postman.faults = {"everybody": ConnectionRefusedError()}
    outbox.deliver()

    postman.faults = {}
    clock.shift(timedelta(seconds=10))
    outbox.deliver()

    assert stored(mail).state == "sent"
    assert stored(mail).last_error == ""


@pytest.mark.parametrize(
    "fault",
    [
        refused(550),
        smtplib.SMTPDataError(554, b"Looks like spam"),
        smtplib.SMTPNotSupportedError("SMTPUTF8"),
        UnicodeError("label too long"),
        ValueError("Invalid address"),
    ],
    ids=lambda fault: type(fault).__name__,
)
def test_a_fault_that_cannot_pass_fails_the_mail_at_once_and_the_next_one_goes(
    postman, fault
):
    bad = make_mail()
    good = make_mail(booking=make_booking(email="bob@example.com"))
    postman.faults = {"ada@example.com": fault}

    outbox.deliver()

    assert stored(bad).state == "failed"
    assert stored(good).state == "sent"


def test_the_wait_grows_to_ten_minutes_and_no_further(postman, clock):
    mail = make_mail()
    postman.faults = {"everybody": ConnectionRefusedError()}
    waits = []

    for _ in range(12):
        outbox.deliver()
        waits.append((stored(mail).next_attempt_at - timezone.now()).total_seconds())
        clock.shift(timedelta(seconds=waits[-1]))

    assert waits[0] <= 10
    assert 300 <= waits[-1] <= 600


def test_waits_differ_so_that_workers_do_not_come_back_together(postman):
    for _ in range(10):
        make_mail()
    postman.faults = {"everybody": ConnectionRefusedError()}

    outbox.deliver()

    times = OutboxMail.objects.values_list("next_attempt_at", flat=True)
    assert len(set(times)) > 1


def test_mail_is_given_up_after_48_hours(postman, clock):
    mail = make_mail()
    postman.faults = {"everybody": ConnectionRefusedError()}

    clock.shift(timedelta(hours=47, minutes=59))
    outbox.deliver()
    assert stored(mail).state == "waiting"

    clock.shift(timedelta(minutes=11))
    outbox.deliver()
    assert stored(mail).state == "failed"


def test_the_reason_names_the_fault_and_no_address_or_word(postman):
    mail = make_mail(booking=make_booking(message="canary in the words"))
    postman.faults = {"everybody": refused(550)}

    outbox.deliver()

    assert stored(mail).last_error == "SMTPRecipientsRefused 550"


def test_failed_mail_can_be_sent_again(postman):
    mail = make_mail(state="failed", give_up_at=NOW - timedelta(days=1))

    assert OutboxMail.objects.send_again() == 1
    outbox.deliver()

    assert stored(mail).state == "sent"
    assert stored(mail).give_up_at == NOW + timedelta(hours=48)


def test_send_again_touches_failed_mail_only():
    make_mail(state="sent")

    assert OutboxMail.objects.send_again() == 0


def test_mail_of_a_worker_that_died_is_taken_over_when_its_lease_ends(postman, clock):
    mail = make_mail(attempts=1, leased_until=NOW + timedelta(seconds=60))

    outbox.deliver()
    assert postman.sent == []

    clock.shift(timedelta(seconds=60))
    outbox.deliver()
    assert stored(mail).state == "sent"


def test_one_worker_claims_a_mail_and_the_next_one_does_not():
    mail = make_mail()

    claims = [OutboxMail.objects.claim(mail.pk) for _ in range(2)]

    assert claims == [mail, None]


def test_a_worker_that_was_too_slow_does_not_overwrite_what_came_after(postman):
    mail = make_mail()
    slow = OutboxMail.objects.claim(mail.pk)
    OutboxMail.objects.update(attempts=2)  # another worker took it over

    assert not slow.settle(state="sent")

    assert stored(mail).state == "waiting"
    assert stored(mail).leased_until


def test_a_repeat_carries_the_same_message_id_and_date(postman):
    mail = make_mail()
    outbox.deliver()

    OutboxMail.objects.update(state="waiting")
    outbox.deliver()

    first, second = (message.extra_headers for message in postman.sent)
    assert first == second
    assert first["Message-ID"] == mail.message_id


@pytest.mark.parametrize(
    "fault",
    [
        TimeoutError(),
        ConnectionRefusedError(),
        smtplib.SMTPServerDisconnected(),
        smtplib.SMTPConnectError(421, b"busy"),
    ],
    ids=lambda fault: type(fault).__name__,
)
def test_a_server_that_cannot_be_reached_keeps_the_worker_for_one_mail_a_round(
    postman, fault
):
    mails = [make_mail() for _ in range(3)]
    postman.faults = {"everybody": fault}

    outbox.deliver()
    attempts = [stored(mail).attempts for mail in mails]
    postman.faults = {}
    outbox.deliver()

    assert attempts == [1, 0, 0]
    assert [stored(mail).state for mail in mails] == ["waiting", "sent", "sent"]
