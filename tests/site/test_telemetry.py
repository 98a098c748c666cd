"""The site as an operator sees it from outside: log lines with an id, figures, error reports. None of it names a visitor."""

import json
import logging
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import brotli
import pytest
from django.db import DatabaseError
from prometheus_client.parser import text_string_to_metric_families

from bookings.models import OutboxMail
from kneecare.core.http.logs import JsonFormatter
from kneecare.core.telemetry.error_reports import ErrorReportHandler
from kneecare.core.telemetry.folder import forget_the_dead, own_folder
from tests.factories import make_article, make_mail
from tests.site.test_project import django

pytestmark = pytest.mark.django_db
CANARY = "canary-0e5f"


@pytest.fixture
def lines():
    """What is logged as JSON while a test runs."""
    found, handler = [], logging.Handler()
    handler.emit = lambda record: found.append(json.loads(JsonFormatter().format(record)))  # fmt: skip
    logger = logging.getLogger("kneecare.access")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield found
    logger.removeHandler(handler)
    logger.setLevel(level)


@pytest.fixture
def figures(client):
    """A function that reads one figure of ``/metrics``, or 0 where there is none."""

    def read(name, **labels):
        families = text_string_to_metric_families(client.get("/metrics").text)
        samples = [sample for family in families for sample in family.samples]
        return sum(each.value for each in samples if each.name == name and labels.items() <= each.labels.items())  # fmt: skip

    return read


# Logs


def test_a_request_is_one_line_with_its_route_and_neither_path_nor_query(client, lines):
    client.get(f"/bookings/{CANARY}/?q={CANARY}")

    [line] = lines
    assert (line["method"], line["route"], line["status"]) == ("GET", "bookings/<str:token>/", 404)  # fmt: skip
    assert line["message"].startswith("GET bookings/<str:token>/ 404, ")
    assert CANARY not in json.dumps(line)


@pytest.mark.parametrize(
    ("peer", "given", "is_taken"),
    [
        ("127.0.0.1", "an-id.of_the-proxy", True),
        ("127.0.0.1", "words of a stranger\n", False),
        ("192.0.2.1", "an-id", False),
    ],
)
def test_the_id_of_a_request_is_that_of_a_proxy_we_trust_or_a_new_one(
    client, lines, peer, given, is_taken
):
    for _ in range(2):
        client.get("/healthz", headers={"X-Request-ID": given}, REMOTE_ADDR=peer)

    ids = [line["request_id"] for line in lines]
    assert all(ids)
    assert (ids == [given, given]) is is_taken
    assert (ids[0] == ids[1]) is is_taken


def test_an_error_in_json_names_its_kind_and_not_its_words():
    try:
        raise ValueError(CANARY)
    except ValueError as error:
        found = (type(error), error, error.__traceback__)
        record = logging.LogRecord("x", logging.ERROR, "", 1, "Failed", (), found)

    line = JsonFormatter().format(record)

    assert "builtins.ValueError" in json.loads(line)["error"]
    assert CANARY not in line


def test_all_that_a_process_logs_is_json_where_it_is_asked_for(tmp_path):
    say = "import logging; logging.getLogger('x').warning('Two words')"

    result = django("shell", "-v0", "-c", say, SECRET_KEY="x", KNEECARE_DATA=str(tmp_path), LOG_FORMAT="json")  # fmt: skip

    line = json.loads(result.stderr)
    assert (line["level"], line["message"]) == ("WARNING", "Two words")


# Figures


def test_answers_are_counted_by_route(client, figures):
    article = make_article()
    labels = {"method": "GET", "route": "articles/<slug:slug>/", "status": "200"}
    before = figures("kneecare_requests_total", **labels)

    client.get(article.get_absolute_url())

    assert figures("kneecare_requests_total", **labels) == before + 1
    assert article.slug not in client.get("/metrics").text


def test_what_a_stranger_makes_up_is_one_figure(client, figures):
    for name in ["one", "two"]:
        client.generic(name.upper(), f"/no/{name}/")

    assert figures("kneecare_requests_total", method="other", route="none") >= 2
    assert "/no/" not in client.get("/metrics").text


def test_figures_tell_of_queues_mail_and_health(figures, worker_at_work):
    make_mail(state="waiting", next_attempt_at="2026-01-01T00:00Z")
    make_mail(state="failed")
    queue = OutboxMail._meta.label

    assert figures("kneecare_healthy") == 1
    assert figures("kneecare_queue_due", queue=queue) == 1
    assert figures("kneecare_queue_age_seconds", queue=queue) > 3600
    assert figures("kneecare_mail_failed", queue=queue) == 1
    assert figures("kneecare_slots_left") == 0


def test_figures_are_told_while_the_database_is_away(client, figures, monkeypatch):
    monkeypatch.setattr("kneecare.core.telemetry.figures._queues", fail)

    assert "kneecare_queue_due" not in client.get("/metrics").text
    assert "kneecare_requests_total" in client.get("/metrics").text


def fail():
    raise DatabaseError


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"X-Forwarded-For": "127.0.0.1"}, 404),
        ({"X-Forwarded-For": "192.0.2.1", "Authorization": "Bearer wrong"}, 404),
        ({"X-Forwarded-For": "192.0.2.1", "Authorization": "Bearer the-token"}, 200),
    ],
)
def test_figures_are_for_the_machine_itself_and_for_who_has_the_token(
    client, settings, headers, status
):
    settings.METRICS_TOKEN = "the-token"

    assert client.get("/metrics", headers=headers).status_code == status


def test_no_token_is_no_token(client):
    headers = {"X-Forwarded-For": "192.0.2.1", "Authorization": "Bearer "}

    assert client.get("/metrics", headers=headers).status_code == 404


def test_the_figures_of_several_processes_are_summed_up(tmp_path):
    count = (
        "from kneecare.core.telemetry.counted import count_job; count_job('x', is_well=True);"
        "from django.test import Client; print(Client(SERVER_NAME='localhost').get('/metrics').text)"
    )
    environment = {"SECRET_KEY": "x", "KNEECARE_DATA": str(tmp_path)}

    first, second = [django("shell", "-v0", "-c", count, **environment).stdout for _ in range(2)]  # fmt: skip

    assert 'kneecare_jobs_total{job="x",outcome="done"} 1.0' in first
    assert 'kneecare_jobs_total{job="x",outcome="done"} 2.0' in second
    folder = own_folder(tmp_path)
    forget_the_dead(folder)
    assert list(folder.iterdir()) == []
    folder.rmdir()


# Error reports


@pytest.fixture
def receiver():
    """A server that speaks Sentry's protocol: what it was sent, and where reports go."""
    received = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append(brotli.decompress(body).decode() + str(self.headers))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *arguments):
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever).start()
    yield received, f"http://key@127.0.0.1:{server.server_port}/1"
    server.shutdown()
    server.server_close()


def test_a_report_says_what_rose_and_where_and_nothing_of_a_visitor(
    client, receiver, monkeypatch
):
    def fail(*args):
        words = f"{CANARY} of the row"
        try:
            raise KeyError(words)
        except KeyError as error:
            raise ValueError(words) from error

    received, dsn = receiver
    monkeypatch.setattr("kneecare.site.views.render", fail)
    handler, logger = ErrorReportHandler(dsn), logging.getLogger("django.request")
    client.raise_request_exception = False
    client.cookies["name"] = CANARY
    logger.addHandler(handler)
    try:
        answer = client.post(f"/search/?q={CANARY}", {"message": CANARY}, headers={"User-Agent": CANARY, "Referer": CANARY})  # fmt: skip
        answer = client.get(f"/search/?q={CANARY}", headers={"User-Agent": CANARY})
    finally:
        logger.removeHandler(handler)
    handler.client.close(timeout=10)

    assert answer.status_code == 500
    [text] = received
    assert CANARY not in text
    event = json.loads(text.splitlines()[2])
    values = event["exception"]["values"]
    assert [value["type"] for value in values] == ["KeyError", "ValueError"]
    assert values[-1]["stacktrace"]["frames"][-1]["function"] == "fail"
    assert set(event) <= {"event_id", "timestamp", "platform", "level", "logger", "exception", "tags", "environment"}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("SENTRY_DSN", "sentry.example", "has to look like https://KEY@HOST/NUMBER"),
        ("LOG_FORMAT", "xml", "has to be text or json."),
    ],
)
def test_a_setting_that_cannot_be_is_refused_at_the_start(tmp_path, name, value, why):
    result = django("check", SECRET_KEY="x", KNEECARE_DATA=str(tmp_path), **{name: value})  # fmt: skip

    assert result.stderr == f"KneeCare: {name} {why}\n"
