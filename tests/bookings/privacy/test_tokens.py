import pytest

from bookings import tokens
from bookings.models import Booking


@pytest.fixture
def booking():
    return Booking(kind="discovery_call")


def test_an_address_token_gives_its_public_id_back(booking):
    read = tokens.read_url_token(tokens.url_token(booking))

    assert read == booking.public_id


def test_all_versions_have_one_token(booking):
    token = tokens.url_token(booking)
    booking.version += 1

    assert tokens.url_token(booking) == token


@pytest.mark.parametrize("text", ["", ".", "abc", "a.b", "\x00", "é.é", "a" * 10_000])
def test_a_made_up_token_gives_nothing(text):
    assert tokens.read_url_token(text) is None


def test_an_altered_token_gives_nothing(booking):
    token = tokens.url_token(booking)
    public_id, signature = token.split(".")
    other = "A" if token[0] != "A" else "B"

    assert tokens.read_url_token(other + token[1:]) is None
    assert tokens.read_url_token(token[:-2]) is None
    assert tokens.read_url_token(f"{public_id}.2.{signature}") is None
    assert tokens.read_url_token(public_id) is None


def test_the_public_id_alone_is_no_token(booking):
    assert tokens.read_url_token(booking.public_id) is None


def test_a_key_is_good_for_its_purpose_alone(booking):
    show = tokens.url_token(booking)
    cancel = tokens.change_key(booking, tokens.CANCEL)
    move = tokens.change_key(booking, tokens.MOVE)

    assert tokens.may_change(booking, tokens.CANCEL, cancel)
    assert tokens.may_change(booking, tokens.MOVE, move)
    assert not tokens.may_change(booking, tokens.CANCEL, move)
    assert not tokens.may_change(booking, tokens.MOVE, cancel)
    assert not tokens.may_change(booking, tokens.CANCEL, show)
    assert tokens.read_url_token(cancel) is None


def test_a_change_key_is_good_for_as_long_as_there_is_the_request(booking):
    """That a page is out of date its version says, not the key."""
    key = tokens.change_key(booking, tokens.CANCEL)

    booking.version += 1

    assert tokens.may_change(booking, tokens.CANCEL, key)


def test_a_change_key_is_good_for_its_own_request(booking):
    another = Booking(kind="discovery_call")
    key = tokens.change_key(booking, tokens.CANCEL)

    assert not tokens.may_change(another, tokens.CANCEL, key)
