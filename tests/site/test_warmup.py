"""A new process draws and prints before its first visitor, and starts all the same when it cannot."""

import threading

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError

from exercises.models import Routine
from exercises.pdf import compile
from kneecare.site import warmup
from kneecare.site.warmup import warm_up
from tests.factories import make_clinic, make_exercise, make_routine

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked():
    """The addresses that ``application`` was asked for."""
    return []


@pytest.fixture
def application(asked):
    def answer(environ, start_response):
        asked.append(environ["PATH_INFO"])
        return Answer([b"A page."])

    return answer


class Answer(list):
    def close(self):
        """As a server ends an answer."""


def test_it_asks_for_each_published_routine_and_its_sheet(application, asked):
    shown = make_routine(make_exercise())
    make_routine(make_exercise(), published_at=None)

    warm_up(application)

    page = shown.get_absolute_url()
    assert asked == [page, f"{page}handout.pdf"]


def test_it_stops_at_some_routines(application, asked, monkeypatch):
    monkeypatch.setattr(warmup, "MOST_ROUTINES", 2)
    for _ in range(3):
        make_routine(make_exercise())

    warm_up(application)

    assert len(asked) == 4


def test_the_first_visitor_gets_a_sheet_that_is_made_already(client, monkeypatch):
    make_clinic()
    routine = make_routine(make_exercise(dose={"reps": 8}))
    made = []
    compiling = compile._compile
    monkeypatch.setattr(
        compile, "_compile", lambda data: made.append(1) or compiling(data)
    )

    warm_up(WSGIHandler())
    assert made == [1]
    answer = client.get(f"{routine.get_absolute_url()}handout.pdf")

    assert answer.status_code == 200
    assert made == [1]


def test_a_site_without_a_database_starts_and_says_so(application, monkeypatch, caplog):
    def is_away(*_):
        raise OperationalError("a row of a patient")

    monkeypatch.setattr(type(Routine.objects), "published", is_away)

    warm_up(application)

    assert "Nothing is drawn ahead: OperationalError" in caplog.text
    assert "patient" not in caplog.text


def test_a_page_that_never_comes_keeps_no_site_from_starting(monkeypatch):
    monkeypatch.setattr(warmup, "LONGEST_WAIT", 0.1)
    make_routine(make_exercise())
    begun, ended = threading.Event(), threading.Event()

    def never(environ, start_response):
        begun.set()
        ended.wait(20)
        return Answer()

    warm_up(never)

    assert begun.wait(5)
    ended.set()
