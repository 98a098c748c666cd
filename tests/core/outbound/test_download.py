"""A file from another site: over HTTPS alone, of a limited size and for a limited time, and never from a private network."""

import socket
import time

import pytest

from kneecare.core.outbound import download as module
from kneecare.core.outbound import guarded_client
from kneecare.core.outbound.download import Download, NoDownload, download
from tests.core.outbound.https_site import Site

FILE = b"BEGIN:VCALENDAR"


@pytest.fixture
def site(monkeypatch, tmp_path):
    """A site that counts as public, although it is here."""
    site = Site(tmp_path)
    real = guarded_client.is_public
    monkeypatch.setenv("SSL_CERT_FILE", str(site.certificate))
    monkeypatch.setattr(guarded_client, "PORTS", {80, 443, site.server_port})
    monkeypatch.setattr(
        guarded_client, "is_public", lambda ip: ip == "127.0.0.1" or real(ip)
    )
    yield site
    site.shutdown()
    site.server_close()


def answer(site, *args, path="/a.ics", **headers):
    site.pages[path] = lambda request: request.send(*args, **headers)
    return site.url + path


def refused(url, **options):
    with pytest.raises(NoDownload) as error:
        download(url, **{"most": 1_000_000, **options})
    return str(error.value)


def test_the_file_comes_with_what_it_can_be_asked_for_again_by(site):
    url = answer(site, 200, FILE, ETag='"7"', Last_Modified="Mon, 05 Oct 2026 16:00:00 GMT")  # fmt: skip

    got = download(url, most=1000)

    assert got == Download(FILE, '"7"', "Mon, 05 Oct 2026 16:00:00 GMT")
    assert "If-None-Match" not in site.asked[0][1]


def test_a_file_that_did_not_change_is_not_sent_again(site):
    url = answer(site, 304)

    got = download(url, most=1000, etag='"7"', last_modified="yesterday")

    assert got == Download(None)
    headers = site.asked[0][1]
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == ('"7"', "yesterday")  # fmt: skip


def test_a_redirect_is_followed(site):
    answer(site, 200, FILE, path="/there.ics")

    assert download(answer(site, 302, Location="/there.ics"), most=1000).body == FILE


@pytest.mark.parametrize(
    "target",
    [
        "https://10.0.0.1/a.ics",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[::ffff:192.168.0.1]/",
        "https://localhost:22/",
        "https://user:secret@93.184.216.34/",
    ],
)
def test_a_redirect_into_a_private_network_is_refused(site, target):
    url = answer(site, 302, Location=target)

    assert refused(url) == "not a public address"
    assert len(site.asked) == 1


@pytest.mark.parametrize("target", ["http://example.com/a.ics", "file:///etc/passwd"])
def test_a_redirect_away_from_https_is_refused(site, target):
    assert "without https" in refused(answer(site, 302, Location=target))


def test_redirects_come_to_an_end(site):
    assert refused(answer(site, 302, Location="/a.ics")) == "too many redirects"
    assert len(site.asked) == guarded_client.MAX_HOPS


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://localhost/",
        "https://[::1]/",
        "https://10.0.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://[fd00::1]/",
        "https://[64:ff9b::7f00:1]/",
        "http://93.184.216.34/",
    ],
)
def test_no_question_reaches_a_private_network_or_goes_without_https(url, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("it connected")

    monkeypatch.setattr(socket, "create_connection", refuse)

    assert refused(url)


def test_a_name_that_leads_home_is_refused_whatever_its_server_says_the_second_time(monkeypatch):  # fmt: skip
    answers = iter(["127.0.0.1", "93.184.216.34"])
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *a, **k: [(2, 1, 6, "", (next(answers), 443))]
    )

    assert refused("https://rebinding.example/a.ics") == "not a public address"


def test_a_certificate_that_nobody_vouches_for_is_refused(site, monkeypatch):
    url = answer(site, 200, FILE)
    monkeypatch.delenv("SSL_CERT_FILE")

    assert refused(url) == "no valid certificate"
    assert site.asked == []


@pytest.mark.parametrize("status", [401, 404, 500])
def test_another_status_is_told(site, status):
    assert refused(answer(site, status)) == f"the site answers {status}"


@pytest.mark.parametrize("told", [True, False])
def test_a_file_that_is_too_large_is_not_read_to_its_end(site, told):
    sent = []

    def page(request):
        request.send(200, **({"Content_Length": "10000000"} if told else {}))
        for _ in range(1000):
            request.wfile.write(b"x" * 10_000)
            sent.append(10_000)

    site.pages["/a.ics"] = page

    assert refused(f"{site.url}/a.ics") == "the file is larger than 1 MB"
    assert sum(sent) < 10_000_000


def test_a_packed_file_is_refused_unread(site):
    url = answer(site, 200, b"\x1f\x8b", Content_Encoding="gzip")

    assert "packed" in refused(url)


def test_a_file_that_breaks_off_is_no_file(site):
    assert refused(answer(site, 200, FILE, Content_Length="100")) == "no answer"


def test_a_file_that_drips_is_cut_off_and_is_no_file(site, monkeypatch):
    monkeypatch.setattr(module, "DEADLINE", 0.5)

    def page(request):
        request.send(200, b"")
        while True:
            request.wfile.write(b"x")
            request.wfile.flush()
            time.sleep(0.05)

    site.pages["/a.ics"] = page
    before = time.monotonic()

    assert refused(f"{site.url}/a.ics")
    assert time.monotonic() - before < 3


def test_what_is_told_never_names_the_address(site, caplog):
    caplog.set_level("DEBUG")
    url = answer(site, 500, path="/private-c2VjcmV0/basic.ics")

    assert "private" not in refused(url)
    assert "private" not in refused("https://host.invalid/private\x00x")
    assert "private" not in caplog.text


def test_a_header_of_any_length_is_not_kept(site):
    assert download(answer(site, 200, FILE, ETag="x" * 301), most=1000).etag == ""
