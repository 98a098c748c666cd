"""The nginx site of deploy/: nginx takes it, it keeps what is private, and who is slow holds up nobody."""

import shutil
import time
from contextlib import ExitStack

import pytest

from tests.deploy.behind_nginx import BehindNginx, nginx

TOKEN = "c_WavFtV_WNSgB1ZhdedrDTn.1.As85cYrw9VTCrn-4_qod4FjnHkWaheEfRLMEW1Xmn_0"
SMALL = "/static/small.0123456789ab.txt"
BIG = "/static/video.0123456789ab.bin"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    if not shutil.which("nginx"):
        pytest.skip("nginx is not there")
    folder = tmp_path_factory.mktemp("nginx")
    folder.chmod(0o755)
    (folder / "static").mkdir()
    (folder / BIG[1:]).write_bytes(bytes(60_000_000))
    (folder / SMALL[1:]).write_text("small")
    site = BehindNginx(folder)
    try:
        site.start()
        yield site
    finally:
        site.stop()


def test_nginx_takes_what_is_shipped(site):
    result = nginx(site.folder, "-t")

    assert result.returncode == 0, result.stderr
    assert "[warn]" not in result.stderr


def test_the_site_is_reached_over_tls_alone(site):
    assert site.ask("/healthz")[0] == 200
    status, headers = site.ask("/book/?x=1", port=site.plain_port)
    assert (status, headers["Location"]) == (308, "https://localhost/book/?x=1")
    assert site.ask(SMALL)[0] == 200  # not led to https once more


def test_no_search_and_no_key_stands_in_a_log(site):
    for path in [f"/search/?q={TOKEN}", f"/bookings/{TOKEN}/", f"/{TOKEN}", f"/{TOKEN}/x/", "/contact/"]:  # fmt: skip
        site.ask(path)

    logs = [(site.folder / name).read_text() for name in ["kneecare.log", "kneecare-error.log", "error.log", "site.txt"]]  # fmt: skip
    assert [text.count(TOKEN[:12]) for text in logs] == [0, 0, 0, 0]
    paths = [line.split()[3] for line in logs[0].splitlines()[-5:]]
    assert paths == ["/search/", "/bookings/...", "/...", "/...", "/contact/"]


@pytest.mark.parametrize(("path", "is_taken"), [("/contact/", False), ("/admin/media/", True)])  # fmt: skip
def test_a_photo_is_taken_where_staff_send_one(site, path, is_taken):
    status, _ = site.ask(path, method="POST", body=bytes(6_000_000))

    assert (status != 413) is is_taken
    assert (site.folder / "kneecare-error.log").read_text() == ""


def test_who_is_slow_holds_up_nobody(site):
    with ExitStack() as slow:
        # Each says its part at once: who connects and says nothing for ten seconds is sent away.
        for _ in range(8):
            reader = slow.enter_context(site.connect())
            reader.sendall(f"GET {BIG} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            assert reader.recv(100).startswith(b"HTTP/1.1 200")
        for _ in range(40):
            half = slow.enter_context(site.connect())
            half.sendall(b"GET / HTTP/1.1\r\nHost: local")
        for _ in range(8):
            body = slow.enter_context(site.connect())
            body.sendall(b"POST /contact/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000\r\n\r\na=")  # fmt: skip

        seconds = []
        for _ in range(5):
            begun = time.monotonic()
            assert site.ask("/healthz")[0] == 200
            seconds.append(time.monotonic() - begun)

    # Held up, it would be a minute; a machine that does other things as well needs some seconds.
    assert max(seconds) < 10, seconds
