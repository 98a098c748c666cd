"""A canary in the note, the title and the code of a handout, looked for everywhere that it must not fly."""

import io
import logging
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.core.cache import cache, caches
from django.core.management import call_command
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone
from gunicorn.config import Config

from exercises import jobs
from exercises.handouts.retention import DAYS_KEPT
from exercises.models import Handout, HandoutItem, HandoutVersion
from exercises.views import handouts
from kneecare.clinic.models import Clinic
from kneecare.core.http.gunicorn import PrivateLogger
from kneecare.core.http.logs import PrivateFormatter
from kneecare.core.jobs.schedule import JOBS
from tests.factories import make_article, make_exercise, make_handout, make_routine
from tests.site.pages import PAGES

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("first_content", "nobody_guessed"),
]
CANARY = "canarynote"
MACHINES = [
    "/sitemap-routines.xml",
    "/feeds/articles/",
    "/robots.txt",
    "/service-worker.js",
]
MACHINES += ["/manifest.webmanifest", "/.well-known/security.txt"]


@pytest.fixture
def handout():
    bridge = make_exercise(dose={"reps": 8, "note": "Breathe."})
    make_routine(bridge)
    return make_handout(
        bridge,
        title=f"{CANARY} title",
        note=f"{CANARY} words",
        dose={"reps": 7, "note": f"{CANARY} row"},
    )


@pytest.fixture
def ended(handout):
    handout.withdraw(on=handout.made_on)
    return handout


def use(client, handout):
    """Open all that there is of a handout, and some that is not."""
    address = handout.get_absolute_url()
    for path in [address, f"{address}play/", f"{address}handout.pdf", f"{address}x/"]:
        client.get(path, {"sheet": 1, "print": "large"})
    client.post(address)


def secrets_in(text, handout):
    found = [CANARY, handout.code, handout.reference]
    return [each for each in found if each in text]


@pytest.mark.parametrize("state", ["handout", "ended"])
def test_no_page_list_or_feed_shows_a_handout(client, request, state):
    handout = request.getfixturevalue(state)
    use(client, handout)

    found = {
        address: secrets_in(client.get(address).text, handout)
        for address in [*PAGES, *MACHINES]
    }

    assert {address: each for address, each in found.items() if each} == {}


@pytest.mark.parametrize("state", ["handout", "ended"])
@pytest.mark.parametrize("name", ["note", "title", "code", "reference"])
def test_no_search_finds_a_handout(client, request, state, name):
    handout = request.getfixturevalue(state)
    call_command("rebuild_search", stdout=io.StringIO())

    response = client.get("/search/", {"q": getattr(handout, name).split()[0]})

    assert [each.title for each in response.context["results"].found] == []


def test_only_its_own_tables_hold_a_handout(client, handout):
    use(client, handout)
    call_command("rebuild_search", stdout=io.StringIO())
    own = {Handout, HandoutItem, HandoutVersion}

    rows = {
        model._meta.label: str(list(model._base_manager.values()))
        for model in apps.get_models(include_auto_created=True)
        if model not in own and model._meta.managed
    }

    assert {
        label: each
        for label, text in rows.items()
        if (each := secrets_in(text, handout))
    } == {}
    assert CANARY in str(list(HandoutVersion.objects.values()))


@pytest.fixture
def log():
    """What the site's own log handler writes."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(PrivateFormatter())
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


def test_the_log_holds_neither_the_code_nor_the_words(client, handout, log):
    use(client, handout)
    handout.withdraw(on=handout.made_on)
    use(client, handout)

    assert "Gone: /handouts/…/play/" in log.getvalue()
    assert "Method Not Allowed" in log.getvalue()
    assert secrets_in(log.getvalue(), handout) == []


def test_neither_stands_in_the_log_or_on_the_page_when_a_page_fails(
    client, handout, log, monkeypatch
):
    def fail(snapshot, version):
        raise DatabaseError(f"Failing row contains ({snapshot.note}).")

    client.raise_request_exception = False
    monkeypatch.setattr(handouts, "shown_version", fail)
    response = client.get(handout.get_absolute_url())

    assert response.status_code == 500
    assert "DatabaseError" in log.getvalue()
    assert secrets_in(log.getvalue() + response.text, handout) == []


@pytest.mark.parametrize(
    ("setting", "kind"), [("accesslog", "access_log"), ("errorlog", "error_log")]
)
def test_gunicorns_own_logs_hold_no_code(request, handout, tmp_path, setting, kind):
    config = Config()
    file = tmp_path / "gunicorn.log"
    config.set(setting, str(file))
    log = getattr(PrivateLogger(config), kind)
    request.addfinalizer(lambda: [each.close() for each in log.handlers])
    address = handout.get_absolute_url()

    log.info('"GET %s?sheet=1 HTTP/1.1" 200 "%splay/"', address, address)

    assert '"GET /handouts/…/' in file.read_text()
    assert secrets_in(file.read_text(), handout) == []


def kept_in_memory():
    return {str(key): repr(value) for key, value in caches["default"]._cache.items()}


def test_the_cache_in_the_process_holds_nothing_of_a_handout(client, handout):
    use(client, handout)

    for key, value in kept_in_memory().items():
        assert secrets_in(key + value, handout) == []
        assert "pdf" not in key.lower()
        assert not key.startswith(":1:handout:")


@pytest.mark.redis
def test_redis_holds_nothing_of_a_handout(client, handout, redis_url, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "kneecare.core.database.redis_cache.ForgivingRedisCache",
            "LOCATION": redis_url,
        }
    }
    cache.clear()
    cache.set("something", "that is kept")
    use(client, handout)
    client.get(f"/handouts/{'b' * 26}/")

    redis = cache._cache.get_client()
    kept = {key: redis.get(key) for key in redis.keys("*")}

    assert len(kept) == 2  # that, and the count of a sender's misses
    assert secrets_in(str(kept), handout) == []
    cache.clear()


@pytest.mark.parametrize("group", ["Editors", "Front desk", None])
def test_the_admin_shows_handouts_to_nobody_but_clinicians(
    client, django_user_model, handout, group
):
    user = django_user_model.objects.create_user("staff", is_staff=True)
    if group:
        user.groups.add(Group.objects.get(name=group))
    client.force_login(user)

    lists = [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in apps.get_models()
        if model._meta.app_label in ["exercises", "auth", "articles", "bookings"]
        if model in admin.site._registry
    ]
    pages = [client.get(url, follow=True) for url in ["/admin/", *lists]]

    assert [each for page in pages for each in secrets_in(page.text, handout)] == []
    assert "exercises/handout/" not in pages[0].text


def test_the_list_in_the_admin_holds_no_code_and_no_note(staff_client, handout):
    page = staff_client.get(reverse("admin:exercises_handout_changelist")).text

    assert handout.reference in page
    assert handout.code not in page
    assert f"{CANARY} words" not in page


def test_the_history_in_the_admin_holds_no_code(staff_client, handout):
    staff_client.post(reverse("admin:exercises_handout_withdraw", args=[handout.pk]))

    page = staff_client.get(
        reverse("admin:exercises_handout_history", args=[handout.pk])
    )

    assert LogEntry.objects.count() == 1
    assert "Withdrawn." in page.text
    assert handout.code not in page.text
    assert CANARY not in page.text


def test_what_it_is_called_in_a_line_is_its_reference_alone(handout):
    item, version = handout.items.get(), handout.live_version
    said = " ".join(str(each) + repr(each) for each in [handout, item, version])

    assert handout.code not in said
    assert CANARY not in said


def test_an_article_about_the_exercise_tells_nothing_of_the_handout(client, handout):
    article = make_article()

    page = client.get(article.get_absolute_url())

    assert secrets_in(page.text, handout) == []


class TestRetention:
    def test_the_worker_deletes_once_a_day(self):
        assert JOBS["exercises.jobs.purge_handouts"].interval == 24 * 3600

    @pytest.mark.parametrize(("days_ago", "left"), [(DAYS_KEPT, 1), (DAYS_KEPT + 1, 0)])
    @pytest.mark.parametrize("how", ["ended", "withdrawn"])
    def test_a_handout_goes_with_all_its_versions_some_time_after_its_end(
        self, how, days_ago, left
    ):
        today = timezone.localdate(timezone=Clinic.objects.current_zone())
        day = today - timedelta(days=days_ago)
        fields = {"expires_on": day} if how == "ended" else {"withdrawn_on": day}
        handout = make_handout(make_exercise(), made_on=today - timedelta(days=200))
        Handout.objects.update(**fields)

        jobs.purge_handouts()

        assert Handout.objects.count() == left
        assert HandoutVersion.objects.count() == left
        assert HandoutItem.objects.count() == left
        assert handout.clinician.pk

    def test_one_that_still_works_stays(self):
        make_handout(make_exercise())

        jobs.purge_handouts()

        assert Handout.objects.count() == 1
