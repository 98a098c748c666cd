"""The worker's list of links to other sites."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles import link_checking
from articles.models import ExternalLink
from kneecare.core.jobs.queue import QueueQuerySet
from kneecare.core.outbound.link_checker import Answer
from tests.factories import make_article, make_draft

pytestmark = pytest.mark.django_db
URL = "https://example.com/knee"


@pytest.fixture
def answers(monkeypatch):
    """What other sites say, by address; ``answers.asked`` is what they were asked."""

    class Answers(dict):
        asked: list[str] = []

    said = Answers()
    said.asked = []

    def check_all(urls):
        said.asked += urls
        return {url: said.get(url, Answer(status=200)) for url in urls}

    monkeypatch.setattr(link_checking, "check_all", check_all)
    return said


def make_link(**fields):
    return ExternalLink.objects.create(**({"url": URL} | fields))


def test_publishing_remembers_the_links_once(answers):
    for _ in range(2):
        make_article(html=f'<p><a href="{URL}#part">x</a> <a href="{URL}">y</a></p>')

    assert [link.url for link in ExternalLink.objects.all()] == [URL]
    assert answers.asked == []


def test_an_answer_is_written_down_with_its_time(answers):
    make_link()

    link_checking.check_due()
    link_checking.check_due()

    link = ExternalLink.objects.get()
    assert answers.asked == [URL]
    assert (link.status, link.is_fine, link.leased_until) == (200, True, None)
    assert link.next_attempt_at - link.checked_at == timedelta(days=7)


def test_a_page_is_dead_when_it_is_gone_twice_and_alive_when_it_answers(
    answers, time_machine
):
    make_link()
    answers[URL] = Answer(status=404)
    link_checking.check_due()
    first = ExternalLink.objects.get()
    assert not first.is_gone

    time_machine.move_to(first.next_attempt_at)
    link_checking.check_due()
    second = ExternalLink.objects.get()
    assert second.is_gone

    answers[URL] = Answer(status=200)
    time_machine.move_to(second.next_attempt_at)
    link_checking.check_due()
    assert not ExternalLink.objects.get().is_gone


def test_silence_neither_kills_a_link_nor_brings_it_back(answers):
    make_link(status=404, times_gone=2)
    answers[URL] = Answer(problem="no answer")

    link_checking.check_due()

    link = ExternalLink.objects.get()
    assert (link.is_gone, link.last_error) == (True, "no answer")


def test_a_link_that_another_worker_has_is_left_alone_until_its_lease_runs_out(answers):
    link = make_link(leased_until=timezone.now() + timedelta(minutes=1))
    link_checking.check_due()
    assert answers.asked == []

    ExternalLink.objects.update(leased_until=timezone.now())
    link_checking.check_due()
    assert answers.asked == [link.url]


@pytest.mark.django_db(transaction=True)
def test_two_workers_ask_each_link_once(answers, monkeypatch):
    for number in range(link_checking.BATCH):
        make_link(url=f"{URL}/{number}")
    looked, claim = threading.Barrier(2), QueueQuerySet.claim
    mine = threading.local()

    def claim_once_both_have_looked(links, pk):
        if not hasattr(mine, "looked"):
            mine.looked = looked.wait(10)
        return claim(links, pk)

    def work():
        try:
            link_checking.check_due()
        finally:
            connection.close()

    monkeypatch.setattr(QueueQuerySet, "claim", claim_once_both_have_looked)
    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(answers.asked) == sorted(set(answers.asked))
    assert len(answers.asked) == link_checking.BATCH


def test_the_sweep_forgets_links_that_nobody_makes_and_finds_new_ones():
    make_link(url="https://example.com/old")
    make_draft(html=f'<p><a href="{URL}">x</a></p>')

    link_checking.sweep()

    assert [link.url for link in ExternalLink.objects.all()] == [URL]
