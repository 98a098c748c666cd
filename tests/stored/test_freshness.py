"""What was changed shows at once, whoever changed it and by whatever way; what was taken down is gone for the next who asks."""

import os
import random
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from articles.models import Article, Topic
from bookings.models import CallSettings
from exercises.models import Exercise, Routine
from kneecare.clinic.models import Clinic, Clinician, HelpLevel, Program
from kneecare.clinic.structured_data import staff
from kneecare.publishing.exceptions import Refused
from kneecare.publishing.publish import publish, take_down
from kneecare.publishing.restore import restore
from kneecare.publishing.reviews.signatures import sign
from kneecare.publishing.schedule import do_what_is_due, schedule
from kneecare.stored import revision
from tests.factories import make_account, make_clinician
from tests.stored.asking import Site

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("first_content"),
]
ARTICLE = "/articles/knee-pain-why-it-matters/"
EXERCISE = "/exercises/glute-bridge/"
SEEN = [ARTICLE, EXERCISE, "/", "/privacy/"]
# After whatever is published now, and on a day like others.
NOON = datetime(timezone.now().year + 1, 3, 1, 12, tzinfo=UTC)
SEED, STEPS = int(os.environ.get("HISTORY_SEED", "1")), 12
HOUR = timedelta(hours=1)


def page_of(chance):
    rows = [*Article.objects.all(), *Exercise.objects.all(), *Routine.objects.all()]
    return chance.choice(rows)


def edit(page, chance):
    page.title = f"{page.title[:60]} {chance.randint(0, 999)}"
    page.count_save(by=None)
    page.save()


def publish_one(chance):
    page = page_of(chance)
    edit(page, chance)
    publish(page, by=None)


def edit_one(chance):
    edit(page_of(chance), chance)


def take_one_down(chance):
    take_down(page_of(chance))


def plan_one(chance):
    now = timezone.now()
    start, end = sorted(now + timedelta(minutes=chance.randint(1, 300)) for _ in "ab")
    schedule(page_of(chance), by=None, goes_live_at=start, comes_down_at=end)


def plan_an_end(chance):
    end = timezone.now() + timedelta(minutes=chance.randint(1, 90))
    schedule(page_of(chance), by=None, comes_down_at=end)


def bring_back(chance):
    page = page_of(chance)
    restore(chance.choice(list(page.versions.all())), by=None)
    publish(page, by=None)


def rename_in_bulk(chance):
    """``update()`` sends no signal."""
    names = [(Clinic, "name"), (Clinician, "name"), (Topic, "title"), (HelpLevel, "heading")]  # fmt: skip
    model, field = chance.choice(names)
    model.objects.update(**{field: f"Renamed {chance.randint(0, 999)}"})


def change_in_the_shell(chance):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE bookings_callsettings SET contact_days = %s", [chance.randint(100, 180)])  # fmt: skip


def withdraw_a_program(chance):
    program = chance.choice(list(Program.objects.all()))
    program.published_at = None if program.published_at else timezone.now()
    program.save()


def change_nothing_in_the_end(chance):
    """A transaction that is undone, after it was looked at from within."""
    with transaction.atomic():
        Clinic.objects.update(name="Never")
        transaction.set_rollback(True)


STEPS_TO_TAKE = [
    publish_one,
    edit_one,
    take_one_down,
    plan_one,
    plan_an_end,
    bring_back,
    rename_in_bulk,
    change_in_the_shell,
    withdraw_a_program,
    change_nothing_in_the_end,
]


def assert_fresh(sites, step):
    for url in SEEN:
        made = Client().get(url, secure=True)
        for site in sites:
            answer = site.ask(url)
            assert (step, url, answer.status) == (step, url, made.status_code)
            assert (step, url, answer.text) == (step, url, made.text)


def test_after_any_history_two_processes_show_what_would_be_made():
    chance, sites = random.Random(SEED), [Site(), Site()]  # noqa: S311 - any will do
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(STEPS):
            step = chance.choice(STEPS_TO_TAKE)
            try:
                step(chance)
            except Refused:
                continue
            assert_fresh(sites, step.__name__)
            clock.shift(timedelta(minutes=chance.choice([0, 1, 20, 200, 900])))
            assert_fresh(sites, "time passed")
            if chance.random() < 0.5:
                do_what_is_due()
                assert_fresh(sites, "the worker came round")

    assert all(site.is_stored("/") for site in sites)


def test_what_is_taken_down_is_gone_for_the_next_who_asks(site):
    assert site.is_stored(ARTICLE)

    take_down(Article.objects.get(slug="knee-pain-why-it-matters"))

    assert site.ask(ARTICLE).status == 404
    assert "knee-pain-why-it-matters" not in site.ask("/articles/").text


def test_what_comes_down_at_a_time_is_gone_then_without_a_worker(site):
    with time_machine.travel(NOON, tick=False) as clock:
        article = Article.objects.get(slug="knee-pain-why-it-matters")
        schedule(article, by=None, comes_down_at=timezone.now() + timedelta(minutes=7))
        assert site.is_stored(ARTICLE)

        clock.shift(timedelta(minutes=7) - timedelta(seconds=1))
        assert site.ask(ARTICLE).is_stored
        clock.shift(timedelta(seconds=1))
        assert site.ask(ARTICLE).status == 404


def test_a_review_is_overdue_as_soon_as_the_clinics_day_turns(site):
    zone = Clinic.objects.current().zone
    midnight = datetime(NOON.year, 3, 2, tzinfo=zone)
    with time_machine.travel(midnight - timedelta(minutes=1), tick=False) as clock:
        article = Article.objects.get(slug="knee-pain-why-it-matters")
        article.review_by = midnight.date() - timedelta(days=1)
        article.save()
        words = article.version_model().shown(article).to_sign()
        sign(words, by=make_account(make_clinician()))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("kneecare.publishing.publish.insist", lambda *a, **k: None)
            publish(article, by=None)
        assert site.is_stored(ARTICLE)
        assert "This page was due" not in site.ask(ARTICLE).text

        clock.shift(timedelta(minutes=1))

        assert "This page was due" in site.ask(ARTICLE).text


def test_a_page_that_is_overtaken_while_it_is_made_is_not_stored(site, monkeypatch):
    def overtaken(clinic, clinicians):
        Clinic.objects.update(name="Overtaken")
        return staff(clinic, clinicians)

    monkeypatch.setattr("kneecare.clinic.views.staff", overtaken)
    assert "Overtaken" not in site.ask("/about/").text
    monkeypatch.undo()

    assert "Overtaken" in site.ask("/about/").text


def test_a_clock_that_was_set_back_shows_no_page_of_tomorrow(site):
    with time_machine.travel(NOON, tick=False) as clock:
        assert site.is_stored("/about/")
        clock.shift(-HOUR)

        assert not site.ask("/about/").is_stored


def test_a_save_of_a_draft_and_what_visitors_do_leave_all_stored(site, client):
    article = Article.objects.get(slug="knee-pain-why-it-matters")
    assert site.is_stored(ARTICLE)
    was = revision.current()

    article.count_save(by=None)
    article.save()
    later = timezone.now() + HOUR
    schedule(article, by=None, goes_live_at=later)
    client.get("/book/")
    client.get("/search/?q=knee")

    assert revision.current() == was
    CallSettings.objects.update(contact_days=177)
    assert revision.current() != was
