"""Asking other sites: what they answer, and that no question ever reaches a private network."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from kneecare.core.outbound import guarded_client, link_checker
from kneecare.core.outbound.guarded_client import is_public
from kneecare.core.outbound.link_checker import Answer, check, check_all


class Site(BaseHTTPRequestHandler):
    """Answers by its path; ``asked`` keeps what it was asked."""

    asked: list[tuple[str, str, str]] = []

    def do_HEAD(self):
        self.asked.append(("HEAD", self.path, self.headers["User-Agent"]))
        self.answer(405 if self.path == "/no-head" else None)

    def do_GET(self):
        self.asked.append(("GET", self.path, self.headers["User-Agent"]))
        self.answer(None)

    def answer(self, status):
        statuses = {"/gone": 410, "/missing": 404, "/loop": 302, "/out": 302}
        self.send_response(status or statuses.get(self.path, 200))
        targets = {"/loop": "/loop", "/out": "http://169.254.169.254/latest/"}
        if self.path in targets:
            self.send_header("Location", targets[self.path])
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def site(monkeypatch):
    """The address of a site that counts as public, although it is here."""
    server = HTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Site.asked = []
    real = guarded_client.is_public
    monkeypatch.setattr(guarded_client, "PORTS", {80, 443, server.server_port})
    monkeypatch.setattr(
        guarded_client, "is_public", lambda ip: ip == "127.0.0.1" or real(ip)
    )
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "status"),
    [("/", 200), ("/gone", 410), ("/missing", 404), ("/knee ü?x=1", 200)],
)
def test_the_last_status_is_the_answer(site, path, status):
    assert check(site + path) == Answer(status=status)


def test_head_is_asked_first_and_get_where_head_is_refused(site):
    check(site + "/fine")
    assert check(site + "/no-head") == Answer(status=200)

    assert [each[:2] for each in Site.asked] == [
        ("HEAD", "/fine"),
        ("HEAD", "/no-head"),
        ("GET", "/no-head"),
    ]
    assert all("KneeCare link check" in agent for _, _, agent in Site.asked)


def test_a_redirect_into_a_private_network_is_not_followed(site):
    assert check(site + "/out") == Answer(problem="not a public address")
    assert len(Site.asked) == 1


def test_redirects_come_to_an_end(site):
    assert check(site + "/loop") == Answer(problem="too many redirects")
    assert len(Site.asked) == link_checker.MAX_HOPS


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://10.0.0.1/",
        "http://192.168.1.1/admin",
        "http://169.254.169.254/latest/meta-data/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://user:secret@93.184.216.34/",
        "http://93.184.216.34:22/",
        "file:///etc/passwd",
        "gopher://93.184.216.34/",
    ],
)
def test_no_question_reaches_a_private_network(url, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("it connected")

    monkeypatch.setattr(socket, "create_connection", refuse)

    assert check(url).problem in {
        "not a public address",
        "no such site, or no way to ask",
    }


def test_a_host_with_one_private_address_among_public_ones_is_refused(monkeypatch):
    entries = [(2, 1, 6, "", (ip, 80)) for ip in ["93.184.216.34", "10.0.0.1"]]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: entries)

    assert check("http://example.com/").problem == "not a public address"


def test_the_address_that_was_looked_at_is_the_one_that_is_asked(monkeypatch):
    """A name server that changes its answer between two questions gains nothing: there is one question."""
    answers = iter(["93.184.216.34", "127.0.0.1"])
    asked = []

    def look_up(*args, **kwargs):
        return [(2, 1, 6, "", (next(answers), 80))]

    def connect(address, **kwargs):
        asked.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)

    assert check("http://example.com/") == Answer(problem="no answer")
    assert asked == [("93.184.216.34", 80)]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("224.0.0.1", False),
        ("100.64.0.1", False),
        ("fd00::1", False),
        ("fe80::1%eth0", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("192.0.0.8", False),
        ("3fff::1", False),
        ("nonsense", False),
    ],
)
def test_public_addresses_are_told_from_private_ones(address, expected):
    assert is_public(address) is expected


def test_a_site_that_does_not_answer_holds_nobody_up(monkeypatch):
    never = threading.Event()
    monkeypatch.setattr(link_checker, "DEADLINE", 0.2)
    monkeypatch.setattr(
        link_checker,
        "check",
        lambda url: Answer(status=200) if "fast" in url else never.wait(5),
    )

    answers = check_all(["http://fast.example/", "http://slow.example/"])
    never.set()

    assert answers == {
        "http://fast.example/": Answer(status=200),
        "http://slow.example/": Answer(problem="no answer in time"),
    }


def test_a_page_that_drips_byte_by_byte_is_cut_off(monkeypatch):
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    over = threading.Event()

    def drip():
        connection, _ = listener.accept()
        try:
            while not over.wait(0.05):
                connection.sendall(b"H")
        except OSError:
            pass
        connection.close()

    threading.Thread(target=drip, daemon=True).start()
    monkeypatch.setattr(guarded_client, "PORTS", {port})
    monkeypatch.setattr(guarded_client, "is_public", lambda ip: True)
    monkeypatch.setattr(link_checker, "DEADLINE", 0.3)

    assert check(f"http://127.0.0.1:{port}/").status is None
    over.set()
    listener.close()
