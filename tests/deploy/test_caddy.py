"""The Caddyfile of deploy/: Caddy takes it, keeps what is private, and lets through what the site takes."""

import http.client
import shutil
import subprocess
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.deploy.test_nginx import TOKEN
from tests.serving import ROOT, answer, free_port, wait_until

CADDYFILE = ROOT / "deploy" / "Caddyfile"


class Site(BaseHTTPRequestHandler):
    """Takes all that it is sent, and says who asked for what."""

    def do_GET(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        text = f"{self.headers['Host']} {self.headers['X-Forwarded-Proto']}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_POST(self):
        self.do_GET()

    def log_message(self, *arguments):
        """Says nothing."""


@pytest.fixture(scope="module")
def caddy(tmp_path_factory):
    """What is shipped, with nothing changed but the port, TLS and where it logs; its port and its log."""
    if not shutil.which("caddy"):
        pytest.skip("caddy is not there")
    folder, port = tmp_path_factory.mktemp("caddy"), free_port()
    site = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=site.serve_forever).start()
    changes = {
        "\t# Neither": "\tbind 127.0.0.1\n\t# Neither",
        "{\n\tservers": "{\n\tadmin off\n\tservers",
        "clinic.example {": f"http://localhost:{port} {{",
        "127.0.0.1:8000": f"127.0.0.1:{site.server_port}",
        "/var/log/caddy": str(folder),
    }
    text = CADDYFILE.read_text()
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    (folder / "Caddyfile").write_text(text)
    command = [
        "caddy",
        "run",
        "--config",
        folder / "Caddyfile",
        "--adapter",
        "caddyfile",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        wait_until(lambda: process.poll() is not None or answer(port, "/"))
        yield port, folder / "kneecare.log"
    finally:
        process.terminate()
        process.wait(30)
        site.shutdown()
        site.server_close()


def ask(port, path, method="GET", body=None):
    line = http.client.HTTPConnection("localhost", port, timeout=30)
    with suppress(BrokenPipeError):  # refused before all of it was sent
        line.request(method, path, body, {"Referer": f"https://x.example/{TOKEN}"})
    response = line.getresponse()
    text = response.read().decode()
    line.close()
    return response.status, text


def test_caddy_takes_what_is_shipped():
    if not shutil.which("caddy"):
        pytest.skip("caddy is not there")
    command = ["caddy", "validate", "--config", CADDYFILE, "--adapter", "caddyfile"]

    result = subprocess.run(command, capture_output=True, text=True)

    assert result.returncode == 0, result.stderr
    assert '"level":"warn"' not in result.stderr


def test_the_site_is_told_by_which_name_it_is_asked(caddy):
    port, _ = caddy

    assert ask(port, "/") == (200, f"localhost:{port} http")


@pytest.mark.parametrize("path", ["/readyz", "/metrics"])
def test_the_machine_itself_may_ask_how_the_site_is(caddy, path):
    assert ask(caddy[0], path)[0] == 200


def test_no_search_and_no_key_stands_in_its_log(caddy):
    port, log = caddy
    for path in [f"/search/?q={TOKEN}", f"/bookings/{TOKEN}/", f"/{TOKEN}", "/contact/"]:  # fmt: skip
        ask(port, path)

    text = wait_until(lambda: "/contact/" in log.read_text() and log.read_text())
    assert TOKEN[:12] not in text
    assert '"uri":"/bookings/"' in text
    assert "127.0.0.1" not in text


@pytest.mark.parametrize(("path", "status"), [("/contact/", 413), ("/admin/media/", 200)])  # fmt: skip
def test_a_photo_is_taken_where_staff_send_one(caddy, path, status):
    port, _ = caddy

    assert ask(port, path, "POST", bytes(6_000_000))[0] == status
