"""Whatever is sent: the form again with a clear message and every typed word, nothing stored, never a 5xx."""

import html

import pytest

from bookings.models import Booking, BookingEvent, OutboxMail
from kneecare.core.text.characters import visible
from tests.bookings.posting import CALLER, WORDS, ask_for, errors, post
from tests.factories import (
    make_program,
    make_slot,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clinic")]

HIDDEN = "Take out the line break or the hidden character. Type this again by hand."
HIDDEN_IN_WORDS = "Take out the hidden character. Type this again by hand."
ONE_ADDRESS = "Give one e-mail address, without spaces."
NOT_AN_ADDRESS = "Enter a valid email address."
NO_SUCH_TIME = "There is no such time. Choose one of these."
NO_TIME = "Choose a time for your call."
NOT_A_PHONE = "Give a phone number with its area code."

NAMES = [
    ("", "Give your name."),
    ("   ", "Give your name."),
    ("\ufeff", "Give your name."),
    ("\u200b \u2060", "Give your name."),
    ("\u3164\ufe0f", "Give your name."),
    ("A" * 81, "Write at most 80 characters. This has 81."),
    ("Ada\r\nBcc: eve@example.com", HIDDEN),
    ("Ada\n", HIDDEN),
    ("Ada\x00", HIDDEN),
    ("Ada\x9b[31m", HIDDEN),
    ("\u202eadA", HIDDEN),
    ("Ada\u2066", HIDDEN),
    ("Ada\u2028Bob", HIDDEN),
]
EMAILS = [
    ("", "Give your e-mail address."),
    ("ada", NOT_AN_ADDRESS),
    ("ada@example", NOT_AN_ADDRESS),
    ("ada@example.com,eve@example.com", ONE_ADDRESS),
    ("ada@example.com, eve@example.com", ONE_ADDRESS),
    ("ada@example.com eve@example.com", ONE_ADDRESS),
    ("Ada <ada@example.com>", ONE_ADDRESS),
    ('"ada@example.com,"@example.com', ONE_ADDRESS),
    ('"a b"@example.com', ONE_ADDRESS),
    ("ada@[127.0.0.1]", NOT_AN_ADDRESS),
    ("ada@example.com\r\nBcc: eve@example.com", HIDDEN),
    ("ada@example.com\n", HIDDEN),
    ("ada@example.com\x00", HIDDEN),
    ("\u202eada@example.com", HIDDEN),
    ("ada@\u3002.com", NOT_AN_ADDRESS),
    ("ada@xn--\u00fc.com", NOT_AN_ADDRESS),
    ("ada@" + "\u00fc" * 63 + ".com", NOT_AN_ADDRESS),
    ("ada@example\ufe6beve.com", NOT_AN_ADDRESS),
    ("\u017fam@example.com", NOT_AN_ADDRESS),
    (
        f"ada@{'a.' * 125}com",
        "Write at most 254 characters. This has 257.",
    ),
]
PHONES = [
    ("soon", NOT_A_PHONE),
    ("123", NOT_A_PHONE),
    ("+1 602 555 0123\x00", HIDDEN),
    ("9" * 5000, NOT_A_PHONE),
]
MESSAGES = [
    ("a" * 1001, "Write at most 1000 characters. This has 1001."),
    ("It hurts\x00", HIDDEN_IN_WORDS),
    ("It \x9fhurts", HIDDEN_IN_WORDS),
]
SLOTS = [
    ("", NO_TIME),
    ("0", NO_SUCH_TIME),
    ("-1", NO_SUCH_TIME),
    ("999999", NO_SUCH_TIME),
    ("9223372036854775808", NO_SUCH_TIME),
    ("9" * 30, NO_SUCH_TIME),
    ("-" + "9" * 30, NO_SUCH_TIME),
    ("9" * 40, NO_SUCH_TIME),
    ("9" * 5000, NO_SUCH_TIME),
    ("1e3", NO_SUCH_TIME),
    ("nine", NO_SUCH_TIME),
    ("1\x00", "Null characters are not allowed."),
    ("<script>", NO_SUCH_TIME),
]
CASES = [
    (field, value, message)
    for field, cases in {
        "name": NAMES,
        "email": EMAILS,
        "phone": PHONES,
        "message": MESSAGES,
        "slot": SLOTS,
    }.items()
    for value, message in cases
]


def assert_nothing_is_stored():
    for model in [Booking, BookingEvent, OutboxMail]:
        assert model.objects.count() == 0


def assert_words_are_kept(response, **fields):
    typed = {
        **(CALLER if "consent" in response.context["form"].fields else WORDS),
        **fields,
    }
    typed.pop("slot", None)
    seen = {name: html.escape(visible(words)) for name, words in typed.items()}
    assert [name for name, words in seen.items() if words not in response.text] == []


@pytest.mark.parametrize(("field", "value", "message"), CASES)
def test_a_booking_with_bad_input_gets_its_form_back(client, field, value, message):
    fields = {"slot": make_slot().pk, field: value}

    response = ask_for(client, **fields)

    assert response.status_code == 422
    assert [line.split(": ", 1)[1] for line in errors(response)] == [message]
    assert_words_are_kept(response, **{field: value})
    assert_nothing_is_stored()


@pytest.mark.parametrize(
    ("field", "value"),
    [case[:2] for case in CASES if case[0] in ("name", "email")],
)
@pytest.mark.parametrize("name", ["contact", "program"])
def test_an_enquiry_with_bad_input_gets_its_form_back(client, name, field, value):
    address = "/contact/" if name == "contact" else make_program().get_absolute_url()

    response = post(client, address, **{field: value})

    assert response.status_code == 422
    assert len(errors(response)) == 1
    assert_words_are_kept(response, **{field: value})
    assert_nothing_is_stored()


def test_a_box_that_is_not_ticked_is_asked_for(client):
    response = ask_for(client, make_slot(), consent="")

    assert response.status_code == 422
    assert "Tick the box" in errors(response)[0]
    assert_nothing_is_stored()


@pytest.mark.parametrize(
    "key",
    ["", "made-up", "a.1.b.c", "\x00", "é", "x" * 5000],
    ids=["missing", "made up", "like ours", "nul", "not ascii", "long"],
)
@pytest.mark.parametrize("address", ["/book/", "/contact/"])
def test_a_form_without_a_key_of_ours_comes_back_with_a_good_one(client, address, key):
    slot = make_slot()
    words = CALLER if address == "/book/" else WORDS
    data = {**words, "slot": slot.pk, "consent": "on", "idempotency_key": key}

    response = client.post(address, data)

    assert response.status_code == 422
    assert_words_are_kept(response)
    assert_nothing_is_stored()
    from_there = post_again(client, address, response, data)
    assert from_there.status_code == 303


def post_again(client, address, response, data):
    key = response.context["form"].data["idempotency_key"]
    return client.post(address, {**data, "idempotency_key": key})


@pytest.mark.parametrize(
    "name", ["slot", "consent", "idempotency_key", "referrer", "anything"]
)
def test_a_nul_anywhere_is_no_fault_of_the_server(client, name):
    fields = {"slot": make_slot().pk, name: "\x00"}

    response = ask_for(client, **fields)

    assert response.status_code < 500


@pytest.mark.parametrize("address", ["/book/", "/contact/"])
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
        (b"name=%ff%fe&email=%00", "application/x-www-form-urlencoded"),
        (b"garbage", "multipart/form-data; boundary=x"),
    ],
)
def test_a_body_that_is_no_form_is_answered_with_one(client, address, body, kind):
    response = client.post(address, body, content_type=kind)

    assert response.status_code in (400, 422)
    assert_nothing_is_stored()


@pytest.mark.parametrize(
    "day",
    ["2026-02-30", "2026-13-01", "tomorrow", "", "99999999999999999999", "<script>"],
)
def test_a_day_that_does_not_exist_is_said_so(client, day):
    make_slot()

    response = client.get("/book/", {"from": day})

    assert response.status_code == 400
    assert "There is no such day" in response.text
    assert "slot-picker__time" in response.text


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2020-01-01"])
def test_a_day_far_away_is_a_page_like_any_other(client, day):
    make_slot()

    assert client.get("/book/", {"from": day}).status_code == 200


@pytest.mark.parametrize("slug", ["unknown", "a" * 300])
def test_an_unknown_program_is_not_found(client, slug):
    assert client.get(f"/programs/{slug}/").status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_draft_program_is_not_found(client, method):
    draft = make_program(published_at=None)

    response = getattr(client, method)(draft.get_absolute_url(), WORDS)

    assert response.status_code == 404
    assert_nothing_is_stored()


@pytest.mark.parametrize(
    "address", ["ada@b\u00fccher.example", "ada@xn--bcher-kva.com"]
)
def test_an_address_in_other_letters_that_mail_reaches_is_taken(client, address):
    response = post(client, "/contact/", email=address)

    assert response.status_code == 303
    assert Booking.objects.get().email == address
