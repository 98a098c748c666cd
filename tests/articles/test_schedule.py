"""What happens at a time that was set before: on time, once, and never early."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Article, ArticleEvent, TextBlock
from kneecare.core.jobs import schedule as jobs
from kneecare.publishing.exceptions import PublishedMeanwhile, Refused
from kneecare.publishing.publish import publish, take_down
from kneecare.publishing.schedule import carry_out, do_what_is_due, schedule
from tests.admin_forms import seen
from tests.at_once import WINNER, at_once
from tests.factories import make_article, make_clinic, make_draft, make_topic

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
WORDS = "Quadrilateral words"

# Where an article can be met. A new surface is a line here.
SURFACES = {
    "page": lambda client, article: client.get(article.get_absolute_url()),
    "list": lambda client, article: client.get("/articles/"),
    "home": lambda client, article: client.get("/"),
    "topic": lambda client, article: client.get(
        article.topics.get().get_absolute_url()
    ),
    "finder": lambda client, article: client.get("/where-does-it-hurt/"),
    "feed": lambda client, article: client.get("/feeds/articles/"),
    "sitemap": lambda client, article: client.get("/sitemap-articles.xml"),
    "related": lambda client, article: client.get(
        Article.objects.get(title="Neighbour").get_absolute_url()
    ),
}


def never(article):
    pass


def planned(article):
    schedule(article, goes_live_at=timezone.now() + HOUR, by=None)


def taken_down(article):
    publish(article, by=None)
    take_down(article, by=None)


def planned_and_dropped_by_taking_it_down(article):
    planned(article)
    take_down(article, by=None)


def past_its_end_with_a_late_worker(article):
    publish(article, by=None)
    Article.objects.filter(pk=article.pk).update(comes_down_at=timezone.now())


def hidden_article(state):
    article = make_draft(
        title=WORDS, slug="hidden-one", topics=[make_topic(place="back")]
    )
    neighbour = make_article(title="Neighbour", related=[article])
    neighbour.topics.set(article.topics.all())
    publish(neighbour, by=None)
    state(article)
    return article


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize(
    "state",
    [
        never,
        planned,
        taken_down,
        planned_and_dropped_by_taking_it_down,
        past_its_end_with_a_late_worker,
    ],
)
def test_what_patients_must_not_see_shows_nowhere(client, state, surface):
    article = hidden_article(state)

    text = SURFACES[surface](client, article).text

    assert WORDS not in text
    if surface == "page":
        assert client.get(article.get_absolute_url()).status_code == 404
        assert "MedicalWebPage" not in text
    else:
        assert article.slug not in text


@pytest.mark.parametrize("surface", SURFACES)
def test_once_it_is_published_it_shows_everywhere_and_taken_down_nowhere(
    client, surface
):
    article = hidden_article(partial(publish, by=None))
    assert article.slug in SURFACES[surface](client, article).text

    take_down(article, by=None)

    text = SURFACES[surface](client, article).text
    assert WORDS not in text
    assert article.get_absolute_url() not in text or surface == "page"


@time_machine.travel(NOON, tick=False)
def test_an_article_goes_live_and_comes_down_at_its_minute_and_not_before(client):
    article = make_draft()
    schedule(article, goes_live_at=NOON + HOUR, comes_down_at=NOON + 2 * HOUR, by=None)
    statuses = []

    for moment in [HOUR - MINUTE, HOUR, 2 * HOUR - MINUTE, 2 * HOUR]:
        with time_machine.travel(NOON + moment, tick=False):
            do_what_is_due()
            statuses.append(client.get(article.get_absolute_url()).status_code)

    assert statuses == [404, 200, 200, 404]
    assert [event.action for event in article.events.all()] == [
        "came_down",
        "went_live",
        "end_changed",
        "planned",
    ]
    article.refresh_from_db()
    assert (article.scheduled_version, article.goes_live_at, article.comes_down_at) == (
        None,
        None,
        None,
    )


@time_machine.travel(NOON, tick=False)
def test_what_was_checked_when_it_was_planned_is_what_goes_out(client):
    article = make_article(html="<p>Live words.</p>")
    TextBlock.objects.update(html="<p>Checked words.</p>")
    version = schedule(article, goes_live_at=NOON + HOUR, by=None, note="For July")
    TextBlock.objects.update(html="<p>Later words.</p>")
    assert "Live words." in client.get(article.get_absolute_url()).text

    do_what_is_due(at=NOON + HOUR)

    html = client.get(article.get_absolute_url()).text
    assert "Checked words." in html
    assert "Later words." not in html
    assert (version.number, version.note) == (2, "For July")


@time_machine.travel(NOON, tick=False)
def test_a_worker_that_was_away_publishes_on_its_next_round_and_says_when(client):
    article = make_draft()
    schedule(article, goes_live_at=NOON + MINUTE, by=None)

    do_what_is_due(at=NOON + HOUR)

    article.refresh_from_db()
    assert article.published_at == NOON + HOUR
    assert article.events.get(action="went_live").at == NOON + HOUR


@time_machine.travel(NOON, tick=False)
def test_an_article_whose_whole_time_passed_without_a_worker_is_never_shown():
    article = make_draft()
    schedule(
        article, goes_live_at=NOON + MINUTE, comes_down_at=NOON + 2 * MINUTE, by=None
    )

    do_what_is_due(at=NOON + HOUR)
    do_what_is_due(at=NOON + HOUR)

    assert not Article.objects.published().exists()
    assert not article.events.filter(action="went_live").exists()
    assert article.events.filter(action="came_down").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_number", range(3))
def test_of_many_workers_one_publishes_and_those_with_a_slow_clock_do_nothing(
    round_number,
):
    article = make_draft()
    due = timezone.now() + HOUR
    schedule(article, goes_live_at=due, by=None)
    slow = [partial(do_what_is_due, at=due - MINUTE)] * 2
    right = [partial(do_what_is_due, at=due)] * 3
    fast = [partial(do_what_is_due, at=due + MINUTE)] * 3

    assert at_once(*slow) == {WINNER: 2}
    assert not article.events.filter(action="went_live").exists()
    assert at_once(*slow, *right, *fast) == {WINNER: 8}

    assert article.events.filter(action="went_live").count() == 1
    assert article.versions.count() == 1
    article.refresh_from_db()
    assert article.live_version == article.versions.get()


@pytest.mark.parametrize("end", [False, True])
def test_a_worker_that_read_a_plan_before_another_carried_it_out_does_nothing(end):
    article, due = make_article(), timezone.now() + HOUR
    schedule(article, by=None, **{"comes_down_at" if end else "goes_live_at": due})
    read_by_both = Article.objects.select_related(
        "scheduled_version", "live_version"
    ).get()
    do_what_is_due(at=due)

    with pytest.raises(PublishedMeanwhile):
        carry_out(read_by_both, due)

    done = ["came_down"] if end else ["went_live"]
    events = article.events.filter(action__in=["came_down", "went_live"])
    assert list(events.values_list("action", flat=True)) == done


@pytest.mark.django_db(transaction=True)
def test_many_workers_take_an_article_down_once():
    article = make_article()
    due = timezone.now() + HOUR
    schedule(article, comes_down_at=due, by=None)

    assert at_once(*[partial(do_what_is_due, at=due)] * 6) == {WINNER: 6}

    assert article.events.filter(action="came_down").count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_editor_and_the_worker_at_once_leave_one_of_two_whole_states():
    article = make_article()
    due = timezone.now() + HOUR
    schedule(article, goes_live_at=due, by=None)

    def editor_takes_it_down():
        take_down(Article.objects.get(pk=article.pk), by=None)

    outcomes = at_once(editor_takes_it_down, partial(do_what_is_due, at=due))

    article.refresh_from_db()
    assert outcomes[WINNER] >= 1
    assert article.scheduled_version is None
    actions = set(article.events.values_list("action", flat=True))
    assert ("taken_down" in actions) == (article.published_at is None)


def test_the_worker_does_what_is_due(monkeypatch):
    article = make_draft()
    schedule(article, goes_live_at=timezone.now() + HOUR, by=None)
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)
    for job in jobs.JOBS.values():
        job.due_at = 0

    with time_machine.travel(timezone.now() + HOUR + MINUTE):
        call_command("worker", "--once")

        assert list(Article.objects.published()) == [article]


def test_publishing_by_hand_drops_what_was_planned():
    article = make_draft()
    schedule(article, goes_live_at=timezone.now() + HOUR, by=None)

    version = publish(article, by=None)
    do_what_is_due(at=timezone.now() + 2 * HOUR)

    assert Article.objects.get().live_version == version
    assert version.number == 2


def test_planning_anew_replaces_the_version_and_moving_keeps_it():
    article, now = make_draft(), timezone.now()
    first = schedule(article, goes_live_at=now + HOUR, by=None)
    moved = schedule(article, goes_live_at=now + 2 * HOUR, by=None, anew=False)
    anew = schedule(article, goes_live_at=now + 2 * HOUR, by=None)

    article.refresh_from_db()
    assert moved == first
    assert (anew.number, article.scheduled_version) == (2, anew)
    assert article.goes_live_at == now + 2 * HOUR


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (-MINUTE, None, "This time has passed."),
        (None, -MINUTE, "This end has passed."),
        (2 * HOUR, HOUR, "The article must come down after it goes live."),
        (HOUR, HOUR, "The article must come down after it goes live."),
        (None, HOUR, "Patients do not see this article"),
    ],
)
def test_times_that_make_no_sense_are_refused_in_words(start, end, words):
    article, now = make_draft(), timezone.now()

    with pytest.raises(Refused, match=words):
        schedule(
            article,
            goes_live_at=start and now + start,
            comes_down_at=end and now + end,
            by=None,
        )

    assert not article.versions.exists()
    assert not ArticleEvent.objects.exists()


@pytest.mark.parametrize(
    ("values", "promise"),
    [
        ({"goes_live_at": NOON}, "a_scheduled_article_has_a_version_and_its_time"),
        (
            {"comes_down_at": NOON},
            "article_comes_down_after_it_goes_live",
        ),
    ],
)
def test_the_database_keeps_a_plan_whole(values, promise):
    article = make_draft()
    if "comes_down_at" in values:
        schedule(article, goes_live_at=timezone.now() + HOUR, by=None)

    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(**values)


class TestForm:
    @pytest.fixture
    def article(self):
        make_clinic(time_zone="America/Denver")
        return make_draft()

    @staticmethod
    def url(article):
        return f"/admin/articles/article/{article.pk}/plan/"

    @time_machine.travel(NOON, tick=False)
    def test_times_are_typed_and_shown_on_the_clinics_clock(
        self, staff_client, staff, article
    ):
        times = {
            "goes_live_at": "2026-07-02T09:00",
            "comes_down_at": "2026-12-24T17:30",
            "note": "For summer",
            **seen(article),
        }

        response = staff_client.post(self.url(article), times, follow=True)

        article.refresh_from_db()
        assert article.goes_live_at == datetime(2026, 7, 2, 15, tzinfo=UTC)
        assert article.comes_down_at == datetime(2026, 12, 25, 0, 30, tzinfo=UTC)
        assert (article.scheduled_version.made_by, article.scheduled_version.note) == (
            staff,
            "For summer",
        )
        words = "Version 1 goes live on Thursday, July 2, 2026 at 9:00 AM MDT."
        assert words in response.text
        assert words in staff_client.get("/admin/articles/article/").text
        assert "December 24, 2026 at 5:30 PM MST" in response.text
        form = staff_client.get(self.url(article)).text
        assert 'value="2026-07-02T09:00"' in form
        assert "America/Denver" in form

    @time_machine.travel(NOON, tick=False)
    @pytest.mark.parametrize(
        ("moment", "words"),
        [
            ("2027-03-14T02:30", "comes twice or not at all"),
            ("2026-11-01T01:30", "comes twice or not at all"),
            ("2026-06-30T09:00", "This time has passed."),
            ("9999-12-31T23:59", "too far away"),
            ("0001-01-01T00:00", "This time has passed."),
            ("next week", "Enter a valid date/time."),
            ("", "Give at least one time."),
        ],
    )
    def test_a_time_that_cannot_be_is_refused_and_every_word_kept(
        self, staff_client, article, moment, words
    ):
        posted = {"goes_live_at": moment, "note": "My note", **seen(article)}

        response = staff_client.post(self.url(article), posted)

        assert response.status_code == 200
        assert words in response.text
        assert 'value="My note"' in response.text
        assert not article.versions.exists()

    def test_a_plan_is_moved_made_anew_and_dropped(self, staff_client, article):
        schedule(article, goes_live_at=timezone.now() + HOUR, by=None)
        posted = {
            "goes_live_at": "2090-07-02T09:00",
            "what": "planned",
            **seen(article),
        }

        staff_client.post(self.url(article), posted)
        assert article.versions.count() == 1
        staff_client.post(self.url(article), {**posted, "what": "working_copy"})
        article.refresh_from_db()
        assert article.scheduled_version.number == 2

        staff_client.post(self.url(article), {"_drop": "1"})
        article.refresh_from_db()
        assert (article.scheduled_version, article.goes_live_at) == (None, None)

    def test_only_who_may_change_articles_may_plan(
        self, client, django_user_model, article
    ):
        desk = django_user_model.objects.create_user("desk", is_staff=True)
        client.force_login(desk)

        assert client.get(self.url(article)).status_code == 403
        assert client.post(self.url(article)).status_code == 403
