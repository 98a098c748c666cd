import pytest

from bookings import tokens
from bookings.models import Booking


@pytest.fixture
def booking():
    return Booking(kind="discovery_call")


def test_an_address_token_gives_its_public_id_back(booking):
    assert tokens.public_id(tokens.address_token(booking)) == booking.public_id


def test_an_address_token_outlives_a_change(booking):
    token = tokens.address_token(booking)
    booking.version += 1

    assert tokens.address_token(booking) == token


@pytest.mark.parametrize("text", ["", ".", "abc", "a.b", "\x00", "é.é", "a" * 10_000])
def test_a_made_up_token_gives_nothing(text):
    assert tokens.public_id(text) is None


def test_an_altered_token_gives_nothing(booking):
    token = tokens.address_token(booking)
    other = "A" if token[0] != "A" else "B"

    assert tokens.public_id(other + token[1:]) is None
    assert tokens.public_id(token[:-2]) is None


def test_the_public_id_alone_is_no_token(booking):
    assert tokens.public_id(booking.public_id) is None


def test_a_change_key_is_no_address_token(booking):
    assert tokens.public_id(tokens.change_key(booking)) is None


def test_an_address_token_is_no_change_key(booking):
    assert not tokens.may_change(booking, tokens.address_token(booking))


def test_a_change_key_is_good_for_its_version(booking):
    key = tokens.change_key(booking)

    assert tokens.may_change(booking, key)

    booking.version += 1
    assert not tokens.may_change(booking, key)


def test_a_change_key_is_good_for_its_own_request(booking):
    another = Booking(kind="discovery_call")

    assert not tokens.may_change(another, tokens.change_key(booking))
