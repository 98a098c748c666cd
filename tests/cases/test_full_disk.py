"""A database that takes nothing in, or drops its connections: nobody loses a word, and machines are told."""

import shutil
from functools import partial

import pytest
from django.db import OperationalError, connection
from django.db.backends.utils import CursorWrapper
from django.test import Client
from django.utils.html import escape

from bookings import tokens
from bookings.models import Booking
from kneecare.core.health import machine as health
from tests.bookings.posting import CALLER, WORDS, errors, idempotency_key
from tests.factories import (
    make_booking,
    make_program,
    make_slot,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clinic"),
]

READ_ONLY = {
    "sqlite": ("PRAGMA query_only = ON", "PRAGMA query_only = OFF"),
    "postgresql": (
        "SET default_transaction_read_only = on",
        "SET default_transaction_read_only = off",
    ),
}
PASSWORD = "a-password-for-tests"


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.fixture
def read_only():
    """The database itself refuses to write, and says so in its own words."""
    refuse, allow = READ_ONLY[connection.vendor]

    def switch(statement):
        with connection.cursor() as cursor:
            cursor.execute(statement)

    yield lambda: switch(refuse)
    switch(allow)


def full_form(client, url):
    return {
        **CALLER,
        "slot": make_slot().pk,
        "consent": "on",
        "phone": "602-555-0123 ext. 45",
        "idempotency_key": idempotency_key(client.get(url)),
    }


def check_words(answer):
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert "no-store" in answer["Cache-Control"]
    for words in [WORDS["name"], WORDS["email"], WORDS["message"]]:
        assert escape(words) in answer.text


@pytest.mark.parametrize("url", ["/book/", "/contact/", "program"])
def test_a_form_that_cannot_be_stored_comes_back_with_its_words_and_is_taken_later(
    client, read_only, url
):
    url = make_program().get_absolute_url() if url == "program" else url
    form = full_form(client, url)
    read_only()

    refused = client.post(url, form)

    check_words(refused)
    assert "We could not keep your request just now." in errors(refused)[0]
    _, allow = READ_ONLY[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(allow)
    assert client.post(url, form).status_code == 303
    assert Booking.objects.count() == 1


@pytest.fixture
def full_disk():
    """SQLite's own limit, at what it holds now."""

    def limit(pages):
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA max_page_count = {pages}")

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        [pages] = cursor.fetchone()
    limit(pages)
    room = partial(limit, 1073741823)
    yield room
    room()


@pytest.mark.same_on_any_database("SQLite's own limit")
def test_a_full_disk_is_answered_in_the_same_way(client, full_disk):
    for number in range(200):
        form = full_form_again(client, number)
        answer = client.post("/contact/", form)
        if answer.status_code != 303:
            break

    assert answer.status_code == 503
    assert "We could not keep your request just now." in answer.text
    full_disk()
    assert client.post("/contact/", form).status_code == 303


def full_form_again(client, number):
    return {
        **CALLER,
        "email": f"visitor{number}@example.com",
        "message": "It clicks. " * 90,
        "idempotency_key": idempotency_key(client.get("/contact/")),
    }


def test_staff_who_sign_in_are_asked_to_try_again_and_keep_their_name(
    client, read_only, staff
):
    read_only()
    form = {"username": "admin", "password": PASSWORD, "next": "/admin/"}

    answer = client.post("/admin/login/", form)

    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert 'name="username" id="sent_username" value="admin"' in answer.text
    assert 'type="password" name="password"' in answer.text
    assert 'name="next" value="/admin/"' in answer.text
    assert PASSWORD not in answer.text


@pytest.mark.parametrize("page", ["", "move/"])
def test_a_change_of_a_visitors_that_cannot_be_stored_can_be_sent_again(
    client, read_only, page
):
    booking, slot = make_booking(), make_slot()
    purpose = tokens.MOVE if page else tokens.CANCEL
    form = {
        "change_key": tokens.change_key(booking, purpose),
        "version": booking.version,
        "slot": slot.pk,
    }
    url = f"/bookings/{tokens.url_token(booking)}/{page}"
    read_only()

    answer = client.post(url, form)

    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert f'name="change_key" value="{form["change_key"]}"' in answer.text


def test_what_is_only_read_is_read(client, read_only):
    read_only()

    for url in ["/", "/book/", "/contact/", "/articles/", "/search/?q=knee"]:
        assert client.get(url).status_code == 200


class WasCut(Exception):
    sqlstate = "57P01"


@pytest.fixture
def cut(monkeypatch):
    """The server ends the connection at the next ``times`` statements that have these words in them."""

    def drop(words, times=1):
        left = iter(range(times))
        execute = CursorWrapper.execute

        def dropped(cursor, sql, params=None):
            if words in sql and next(left, None) is not None:
                if connection.vendor == "postgresql":
                    return execute(
                        cursor, "SELECT pg_terminate_backend(pg_backend_pid())"
                    )
                raise OperationalError("terminating connection") from WasCut()
            return execute(cursor, sql, params)

        monkeypatch.setattr(CursorWrapper, "execute", dropped)

    return drop


@pytest.mark.parametrize("url", ["/", "/book/", "/contact/", "/search/?q=knee"])
def test_a_page_whose_connection_is_cut_is_read_again(client, cut, url):
    cut('FROM "clinic_clinic"')

    assert client.get(url).status_code == 200


def test_a_page_whose_connection_is_always_cut_asks_to_come_back(client, cut):
    cut('FROM "clinic_clinic"', times=50)

    answer = client.get("/book/")

    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "Please try again in a minute" in answer.text


def test_a_form_whose_connection_is_cut_is_stored_once(client, cut):
    form = full_form(client, "/book/")
    cut('INSERT INTO "bookings_booking"')

    assert client.post("/book/", form).status_code == 303
    assert Booking.objects.get().mails.count() == 2


@pytest.mark.parametrize("times", [2, 50])
def test_a_form_whose_connection_is_always_cut_comes_back_with_its_words(
    client, cut, times
):
    form = full_form(client, "/book/")
    cut('INSERT INTO "bookings_booking"', times)

    answer = client.post("/book/", form)

    check_words(answer)
    assert not Booking.objects.exists()


def test_a_form_that_not_even_its_page_can_be_read_for_keeps_its_words(client, cut):
    form = full_form(client, "/book/")
    cut('FROM "clinic_clinic"', 50)

    answer = client.post("/book/", form)

    check_words(answer)
    assert f'name="slot" value="{form["slot"]}"' in answer.text
    assert "Send it again" in answer.text


def test_another_fault_is_no_fault_of_the_database(client, monkeypatch):
    def fail(request):
        raise RuntimeError

    monkeypatch.setattr("bookings.services.submit", fail)

    answer = client.post("/book/", full_form(client, "/book/"))

    assert answer.status_code == 500
    assert "Retry-After" not in answer


def test_ready_tells_of_a_data_folder_that_takes_nothing_in(
    client, worker_at_work, settings, tmp_path
):
    settings.DATA_DIR = tmp_path / "gone"

    answer = client.get("/readyz")

    assert (answer.status_code, answer.text) == (
        503,
        "the data folder takes nothing in\n",
    )


def test_ready_tells_of_a_disk_with_no_room(client, worker_at_work, monkeypatch):
    usage = shutil.disk_usage("/")._replace(free=health.LEAST_ROOM - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.text) == (503, "the disk is full\n")


def test_ready_tells_of_a_database_that_only_reads(
    client, worker_at_work, read_only, monkeypatch
):
    assert client.get("/readyz").status_code == 200

    read_only()
    if connection.vendor == "sqlite":  # a file on a disk that only reads
        monkeypatch.setattr(health.os, "access", lambda path, mode: False)
    answer = client.get("/readyz")

    assert (answer.status_code, answer.text) == (503, "the database takes nothing in\n")
