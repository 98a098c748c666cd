"""Servers of others that take for ever hold up nothing of ours but what needs them."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage, get_connection
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from bookings.mail import outbox
from bookings.models import Booking, OutboxMail
from kneecare.core import mail as core_mail
from kneecare.core.jobs import schedule
from kneecare.core.management.commands import worker
from tests.factories import make_booking, make_clinic, make_mail
from tests.serving import PATIENCE, ROOT, wait_until

MAILS = 200
STRANGERS = {"articles.jobs.check_external_links", "articles.jobs.sweep_external_links"}


@contextmanager
def server(talk):
    """A server at a port of its own that does ``talk(connection)`` with whoever comes."""
    listening = socket.create_server(("127.0.0.1", 0))
    stop, talks = threading.Event(), []

    def speak(line):
        with line, suppress(OSError):
            talk(line, stop)

    def serve():
        with suppress(OSError):
            while not stop.is_set():
                line, _ = listening.accept()
                talks.append(threading.Thread(target=speak, args=(line,), daemon=True))
                talks[-1].start()

    waits = threading.Thread(target=serve, daemon=True)
    waits.start()
    try:
        yield listening.getsockname()[1]
    finally:
        stop.set()
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        for each in [waits, *talks]:
            each.join()


def drip(line, stop):
    """A letter now and then, and never a whole answer."""
    while not stop.wait(0.2):
        line.send(b"2")


def drip_after_hello(line, stop):
    line.send(b"220 hello\r\n")
    line.recv(100)
    drip(line, stop)


def drip_in_the_handshake(line, stop):
    line.send(b"\x16\x03\x03\x40\x00")
    drip(line, stop)


@pytest.mark.parametrize(
    ("talk", "over_tls"),
    [(drip, False), (drip_after_hello, False), (drip_in_the_handshake, True)],
)
def test_a_mail_server_that_drips_is_left_at_the_deadline(monkeypatch, talk, over_tls):
    monkeypatch.setattr(core_mail, "DEADLINE", 1)
    with server(talk) as port:
        backend = get_connection(
            "kneecare.core.mail.BoundedEmailBackend",
            host="127.0.0.1",
            port=port,
            use_ssl=over_tls,
            timeout=5,
        )
        began = time.monotonic()
        with pytest.raises(OSError):  # noqa: PT011 - of whatever kind, it is over
            EmailMessage("A", "B", to=["a@example.com"], connection=backend).send()

    assert time.monotonic() - began > 0.9  # and it has come to an end


@pytest.mark.parametrize("scheme", ["smtp", "smtp+tls", "smtp+ssl"])
def test_every_mail_server_of_the_environment_gets_a_deadline(scheme):
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "from kneecare import settings; print(settings.EMAIL_BACKEND)",
        ],
        cwd=ROOT,
        env={**os.environ, "EMAIL_URL": f"{scheme}://127.0.0.1:1", "SECRET_KEY": "x"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.strip() == "kneecare.core.mail.BoundedEmailBackend"


def test_the_deadline_ends_before_a_lease_on_a_mail_does():
    assert OutboxMail.LEASE.total_seconds() > core_mail.DEADLINE


@pytest.mark.django_db
def test_a_mail_that_was_cut_off_waits_and_the_next_round_goes_on_with_another(
    monkeypatch, settings
):
    make_clinic()
    monkeypatch.setattr(core_mail, "DEADLINE", 0.5)
    slow, other = make_mail(), make_mail(booking=make_booking(email="b@example.com"))
    with server(drip) as port:
        settings.EMAIL_BACKEND = "kneecare.core.mail.BoundedEmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        outbox.deliver()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    outbox.deliver()

    slow.refresh_from_db()
    other.refresh_from_db()
    assert slow.state == "waiting"
    assert slow.last_error.startswith("SMTP")
    assert other.state == "sent"


@pytest.fixture
def run_jobs(monkeypatch):
    """Run the lanes of these jobs until the block ends."""

    @contextmanager
    def run(**jobs):
        monkeypatch.setattr(schedule, "JOBS", {})
        for lane, job in jobs.items():
            schedule.every(lane=lane, seconds=0.1)(job)
        stop = threading.Event()
        thread = threading.Thread(target=worker.run_lanes, args=(stop,))
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()

    return run


@pytest.mark.django_db(transaction=True)
def test_two_hundred_mails_go_out_while_a_link_check_hangs(
    monkeypatch, run_jobs, mailoutbox
):
    make_clinic()
    OutboxMail.objects.bulk_create(
        OutboxMail(booking=make_booking(kind="say_hi"), kind="received", version=1)
        for _ in range(MAILS)
    )
    hangs, goes_on = threading.Event(), threading.Event()
    monkeypatch.setattr(schedule, "TICK", 0.02)
    monkeypatch.setattr(worker, "PATIENCE", 1)

    def check_links():
        hangs.set()
        goes_on.wait(PATIENCE)

    with run_jobs(links=check_links, mail=outbox.deliver):
        assert hangs.wait(PATIENCE)
        wait_until(lambda: not OutboxMail.objects.pending().exists())
    goes_on.set()

    assert len(mailoutbox) == MAILS


def test_what_asks_strangers_or_takes_long_shares_no_lane_with_mail():
    autodiscover_modules("jobs")
    of = {}
    for job in schedule.JOBS.values():
        of.setdefault(job.lane, set()).add(job.name)

    assert of["mail"] == {
        "bookings.jobs.deliver_mail",
        "kneecare.accounts.jobs.deliver_account_mail",
        "kneecare.clinic.jobs.deliver_review_requests",
    }
    assert of["links"] == STRANGERS
    assert of["pictures"] == {"kneecare.media.jobs.draw_pictures"}


@pytest.mark.same_on_any_database("a process of its own, that has no database")
@pytest.mark.real_site
def test_a_worker_whose_mail_server_drips_ends_in_time_when_it_is_told_to(tmp_path):
    code = (
        "import threading, signal, time\n"
        "from kneecare.core.jobs import schedule\n"
        "from kneecare.core.management.commands import worker\n"
        "schedule.JOBS.clear()\n"
        "schedule.close_old_connections = lambda: None\n"
        "stop = threading.Event()\n"
        "signal.signal(signal.SIGTERM, lambda *_: stop.set())\n"
        "schedule.every(lane='mail', seconds=1)(lambda: (print('hangs', flush=True), time.sleep(60)))\n"
        "worker.run_lanes(stop)\n"
    )
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": str(ROOT),
    }
    setup = "import django; django.setup()\n"
    command = [sys.executable, "-c", setup + code]
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "hangs\n"
        process.send_signal(signal.SIGTERM)
        status = process.wait(30)  # the job hangs for longer

    assert status == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("minutes", "state", "error", "status"),
    [
        (14, "waiting", "", 200),
        (16, "waiting", "", 503),
        (16, "waiting", "ConnectionRefusedError", 503),
        # One mailbox that takes nothing at the moment, which any visitor can name.
        (16, "waiting", "SMTPRecipientsRefused 450", 200),
        (16, "sent", "", 200),
        (16, "failed", "", 200),
    ],
)
def test_ready_knows_when_mail_is_stuck(
    client, worker_at_work, minutes, state, error, status
):
    written = timezone.now() - timedelta(minutes=minutes)
    make_mail(created_at=written, state=state, last_error=error)

    answer = client.get("/readyz")

    assert answer.status_code == status
    assert ("mail is stuck" in answer.text) is (status == 503)
    assert Booking.objects.get().email not in answer.text
