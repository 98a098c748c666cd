"""Text messages leave by a provider that speaks as Twilio does, or stay as files."""

import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest

from kneecare.core import sms
from kneecare.core.outbound import guarded_client
from kneecare.core.sms import TextNotTaken, TextRefused, Twilio, read_url, send_text

ACCOUNT = Twilio("api.twilio.com", "AC1", "12345", "+16025550100")


def test_without_a_provider_a_text_is_a_file_and_nothing_leaves(settings, tmp_path):
    settings.SMS, settings.SMS_FILE_PATH = None, tmp_path / "texts"

    send_text("+16025550123", "Your call is soon.")

    (file,) = settings.SMS_FILE_PATH.iterdir()
    assert file.read_text() == "To: +16025550123\n\nYour call is soon.\n"


def test_the_url_names_account_token_host_and_number():
    found = read_url("twilio://AC1:to%2Fken@api.twilio.com/+16025550100")

    assert found == Twilio("api.twilio.com", "AC1", "to/ken", "+16025550100")
    assert read_url("") is None


@pytest.mark.parametrize(
    "url",
    [
        "twilio://",
        "twilio://AC1@api.twilio.com/+1602",
        "twilio://AC1:token@api.twilio.com",
        "https://AC1:token@api.twilio.com/+1602",
        "twilio://[",
    ],
)
def test_a_url_that_cannot_be_ends_the_start_without_quoting_it(url):
    with pytest.raises(BaseException, match="SMS_URL") as refused:
        read_url(url)
    assert "AC1" not in str(refused.value)


def test_the_signature_is_the_one_of_twilios_own_documentation():
    fields = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+14158675309",
        "Digits": "1234",
        "From": "+14158675309",
        "To": "+18005551212",
    }
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"

    assert ACCOUNT.has_signed("RSOYDt4T1cUTdK1PDd93/VVr8B8=", url, fields.items())
    assert not ACCOUNT.has_signed("RSOYDt4T1cUTdK1PDd93/VVr8B9=", url, fields.items())


class Provider(BaseHTTPRequestHandler):
    def do_POST(self):
        length = int(self.headers["Content-Length"])
        self.server.asked.append((self.path, self.headers, self.rfile.read(length)))
        status, answer = self.server.answer
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def provider(monkeypatch):
    """A stand-in on this machine, asked without encryption, which only tests can do."""
    server = HTTPServer(("127.0.0.1", 0), Provider)
    server.asked, server.answer = [], (201, {})
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(guarded_client, "PORTS", {server.server_port})
    monkeypatch.setattr(guarded_client, "is_public", lambda ip: True)
    real = sms.answer_of

    def plainly(method, url, **how):
        return real(method, url.replace("https://", "http://"), **how)

    monkeypatch.setattr(sms, "answer_of", plainly)
    yield server
    server.shutdown()
    server.server_close()


def send(provider):
    host = f"127.0.0.1:{provider.server_port}"
    Twilio(host, "AC1", "12345", "+16025550100").send("+16025550123", "Hi & bye")


def test_it_is_sent_as_twilio_asks_for_it(provider):
    send(provider)

    ((path, headers, body),) = provider.asked
    assert path == "/2010-04-01/Accounts/AC1/Messages.json"
    assert (
        headers["Authorization"] == "Basic " + base64.b64encode(b"AC1:12345").decode()
    )
    assert parse_qs(body.decode()) == {
        "To": ["+16025550123"],
        "From": ["+16025550100"],
        "Body": ["Hi & bye"],
    }


def test_a_number_that_takes_no_text_is_refused_for_good(provider):
    provider.answer = (400, {"code": 21610, "message": "+16025550123 said STOP"})

    with pytest.raises(TextRefused) as refused:
        send(provider)
    assert refused.value.code == 21610
    assert "6025550123" not in str(refused.value)


@pytest.mark.parametrize("status", [401, 404, 429, 500, 503])
def test_what_is_not_the_texts_own_fault_is_tried_again(provider, status):
    provider.answer = (status, {})

    with pytest.raises(TextNotTaken):
        send(provider)


def test_a_provider_in_a_private_network_is_not_asked():
    inside = Twilio("127.0.0.1", "AC1", "12345", "+16025550100")

    with pytest.raises(guarded_client.NotPublic):
        inside.send("+16025550123", "Hi")
