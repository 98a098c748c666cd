"""The address of a calendar, as people paste it."""

import pytest
from django.core.exceptions import ValidationError

from bookings.calendars import addresses
from bookings.calendars.addresses import https_address

GOOGLE = (
    "https://calendar.google.com/calendar/ical/ana%40x.example/private-1a2b/basic.ics"
)


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        (GOOGLE, GOOGLE),
        (f"  {GOOGLE}\n", GOOGLE),
        ("webcal://p01.example.com/a?b=c", "https://p01.example.com/a?b=c"),
        ("WEBCALS://p01.example.com/a", "https://p01.example.com/a"),
        ("outlook.example.com/a.ics", "https://outlook.example.com/a.ics"),
        ("https://example.com:443/a.ics#today", "https://example.com:443/a.ics"),
    ],
)
def test_what_people_paste_is_taken_as_https(typed, taken):
    assert https_address(typed) == taken


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("http://example.com/a.ics", addresses.NO_HTTPS),
        ("ftp://example.com/a.ics", addresses.NO_HTTPS),
        ("javascript:alert(1)", addresses.NO_HTTPS),
        ("https://ana:geheim@example.com/a.ics", addresses.NO_NAMES),
        ("https://example.com:8443/a.ics", addresses.NO_PORT),
        ("https://example.com:x/a.ics", addresses.NO_SITE),
        ("https://[::1/a.ics", addresses.NO_SITE),
        ("https:///a.ics", addresses.NO_SITE),
        (f"https://{'a' * 254}.example/", addresses.NO_SITE),
        ("https://example.com/a b.ics", addresses.ODD),
        ("https://example.com/a\x00.ics", addresses.ODD),
        ("https://example.com/a\nHost: x", addresses.ODD),
        ("https://localhost/a.ics", addresses.NOT_PUBLIC),
        ("https://nas.local/a.ics", addresses.NOT_PUBLIC),
        ("https://router/a.ics", addresses.NOT_PUBLIC),
        ("https://127.0.0.1/a.ics", addresses.NOT_PUBLIC),
        ("https://10.1.2.3/a.ics", addresses.NOT_PUBLIC),
        ("https://127.1/a.ics", addresses.NOT_PUBLIC),
        ("https://0x7f.1/a.ics", addresses.NOT_PUBLIC),
        ("https://0177.0.0.1/a.ics", addresses.NOT_PUBLIC),
        ("https://2130706433/a.ics", addresses.NOT_PUBLIC),
        ("https://127.1./a.ics", addresses.NOT_PUBLIC),
        ("https://192.0.0.8/a.ics", addresses.NOT_PUBLIC),
        ("https://[3fff::1]/a.ics", addresses.NOT_PUBLIC),
        ("https://[::ffff:10.1.2.3]/a.ics", addresses.NOT_PUBLIC),
        ("https://169.254.169.254/latest/", addresses.NOT_PUBLIC),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words_that_do_not_quote_it(typed, words):
    with pytest.raises(ValidationError) as error:
        https_address(typed)

    assert error.value.messages == [words]
