"""Whose word counts for who asks, and over what."""

from ipaddress import ip_network

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from kneecare.core.http.client_ip import TrustedProxiesMiddleware, client_ip

LOOPBACK = [ip_network("127.0.0.0/8"), ip_network("::1")]
CDN = [*LOOPBACK, ip_network("198.51.100.0/24")]
LINES = [
    (LOOPBACK, "127.0.0.1", "203.0.113.9, 192.0.2.1", "192.0.2.1"),
    (LOOPBACK, "", "192.0.2.1", "192.0.2.1"),
    (LOOPBACK, "10.0.0.7", "192.0.2.1", "10.0.0.7"),
    (LOOPBACK, "::ffff:127.0.0.1", "192.0.2.1", "192.0.2.1"),
    (CDN, "127.0.0.1", "203.0.113.9, 192.0.2.1, 198.51.100.4", "192.0.2.1"),
    (CDN, "127.0.0.1", "192.0.2.1, 203.0.113.9", "203.0.113.9"),
    (CDN, "127.0.0.1", "192.0.2.1:4711, 198.51.100.4", "192.0.2.1"),
    (CDN, "127.0.0.1", "[2001:db8::1]:4711, 198.51.100.4", "2001:db8::1"),
    (CDN, "127.0.0.1", "198.51.100.4", "198.51.100.4"),
    (0, "10.0.0.7", "192.0.2.1", "10.0.0.7"),
    (1, "10.0.0.7", "203.0.113.9, 192.0.2.1", "192.0.2.1"),
    (2, "10.0.0.7", "203.0.113.9, 192.0.2.1, 198.51.100.4", "192.0.2.1"),
    (2, "10.0.0.7", "", "10.0.0.7"),
    (LOOPBACK, "127.0.0.1", "192.0.2.1, <script>", "127.0.0.1"),
    (LOOPBACK, "127.0.0.1", "9" * 100, "127.0.0.1"),
    (LOOPBACK, "127.0.0.1", "2001:DB8:0:0::1%" + "eth" * 40, "2001:db8::1"),
    (CDN, "127.0.0.1", "192.0.2.1, unknown, 198.51.100.4", "198.51.100.4"),
    (1, "10.0.0.7", "unknown", "10.0.0.7"),
]


@pytest.mark.parametrize(("trusted", "peer", "noted", "who"), LINES)
def test_who_asks_is_the_last_one_that_is_no_proxy_of_ours(
    settings, trusted, peer, noted, who
):
    settings.TRUSTED_PROXIES = trusted
    headers = {"X-Forwarded-For": noted} if noted else {}

    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers)

    assert client_ip(request) == who


@pytest.fixture
def answer(settings):
    """What a site that is served over HTTPS alone makes of a request of ``peer``, over which its headers are."""
    settings.HTTPS = settings.SECURE_SSL_REDIRECT = True
    settings.TRUSTED_PROXIES = LOOPBACK
    middleware = TrustedProxiesMiddleware(lambda request: HttpResponse(request.scheme))

    def ask(peer, path="/", **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        request = RequestFactory().get(path, REMOTE_ADDR=peer, headers=headers)
        return middleware(request)

    return ask


def test_a_proxy_that_is_trusted_says_over_what_a_visitor_asks(answer):
    assert answer("127.0.0.1", X_Forwarded_Proto="https").text == "https"
    assert answer("127.0.0.1", X_Forwarded_Proto="http").text == "http"
    assert answer("127.0.0.1", X_Forwarded_Proto="https, http").text == "http"
    assert answer("127.0.0.1").text == "http"


def test_one_that_is_not_sends_nobody_round_in_a_circle_and_is_named_once(
    answer, caplog
):
    answers = [answer("10.0.0.7", X_Forwarded_Proto="https") for _ in range(3)]

    assert {each.status_code for each in answers} == {503}
    assert len(caplog.messages) == 1
    assert "10.0.0.7" in caplog.text
    assert "TRUSTED_PROXIES" in caplog.text
    assert answer("10.0.0.7", "/healthz", X_Forwarded_Proto="https").text == "http"


def test_a_proxy_that_does_not_say_over_what_is_named_once(answer, caplog):
    for _ in range(3):
        answer("127.0.0.1", X_Forwarded_For="192.0.2.1")

    assert len(caplog.messages) == 1
    assert "X-Forwarded-Proto" in caplog.text


def test_who_asks_without_a_proxy_is_led_to_https_as_ever(answer, caplog):
    assert answer("192.0.2.1").text == "http"
    assert caplog.messages == []
