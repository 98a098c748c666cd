"""A canary in the visitor's words, looked for everywhere that it must not fly."""

import logging

import pytest
from django.core import mail
from django.db import DatabaseError

from bookings import jobs, services
from bookings.models import Booking, OutboxMail
from kneecare.core.http.logs import PrivateFormatter
from tests.bookings.posting import ask_for, own_form, post
from tests.factories import make_call_settings, make_clinic, make_slot

pytestmark = pytest.mark.django_db

CANARY = "canary-in-the-words"


@pytest.fixture
def log():
    """What the site's own log handler writes."""
    lines = []

    class Keeper(logging.Handler):
        def emit(self, record):
            lines.append(self.format(record))

    keeper = Keeper()
    keeper.setFormatter(PrivateFormatter())
    logging.getLogger().addHandler(keeper)
    yield lines
    logging.getLogger().removeHandler(keeper)


@pytest.fixture(autouse=True)
def clinic():
    make_call_settings()
    return make_clinic(email="desk@example.com")


def test_words_stay_out_of_addresses_logs_and_mail(client, log):
    made = [ask_for(client, make_slot(), message=CANARY)]
    made.append(post(client, "/contact/", message=CANARY))
    ask_for(client, make_slot(), message=CANARY, name="")
    jobs.deliver_mail()

    assert Booking.objects.filter(message=CANARY).count() == 2
    assert [CANARY in response["Location"] for response in made] == [False, False]
    assert len(mail.outbox) == 4
    assert [CANARY in str(message.message()) for message in mail.outbox] == [False] * 4
    assert CANARY not in "\n".join(log)


def test_words_stay_out_of_everything_on_the_way_of_a_call_back_and_a_move(client, log):
    slot = make_slot()
    call_back = ask_for(client, "call_back", message=CANARY)
    call = ask_for(client, make_slot(), message=CANARY)
    form = own_form(client.get(call["Location"] + "move/"))
    moved = client.post(call["Location"] + "move/", {**form, "slot": slot.pk})
    invite = client.get(call["Location"] + "invite.ics")
    jobs.deliver_mail()

    assert CANARY in client.get(moved["Location"]).text
    said = [call_back["Location"], moved["Location"], invite.text]
    said += [str(message.message()) for message in mail.outbox]
    assert [words for words in said if CANARY in words] == []
    assert CANARY not in "\n".join(log)


def test_words_stay_out_of_the_log_when_the_database_fails(client, log, monkeypatch):
    def fail(request):
        raise DatabaseError(f"Failing row contains ({request.message}).")

    client.raise_request_exception = False
    slot = make_slot()
    monkeypatch.setattr(services, "submit", fail)
    response = ask_for(client, slot, message=CANARY)

    assert response.status_code == 500
    assert CANARY not in response.text
    assert "DatabaseError" in "\n".join(log)
    assert CANARY not in "\n".join(log)


def test_the_key_of_a_private_page_stays_out_of_the_log(client, log):
    place = ask_for(client, make_slot())["Location"]

    client.put(place)

    assert "Method Not Allowed" in "\n".join(log)
    assert place not in "\n".join(log)


def test_the_outbox_stores_no_address_and_no_word(client):
    ask_for(client, make_slot(), message=CANARY)

    rows = str(list(OutboxMail.objects.values()))
    assert CANARY not in rows
    assert "ada@example.com" not in rows
