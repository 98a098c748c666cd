"""The database tells of every change that a stored page can show, and of none that it cannot."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone

from articles.models import Article, Topic
from exercises.models import Exercise, Routine
from kneecare.clinic.models import Clinic, SocialLink
from kneecare.site.sitemaps import SITEMAPS
from kneecare.stored import revision, triggers
from kneecare.stored.models import Revision
from kneecare.stored.moments import LONGEST, next_change, next_midnight
from kneecare.stored.never_shown import NEVER_SHOWN, WRITTEN_ONCE
from tests.factories import make_article, make_program

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("library"),
]
MOST = 6  # of each kind: more show no other tables
TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')


def tables_asked(urls):
    asked = set()

    def note(execute, sql, *rest):
        asked.update(TABLE.findall(sql))
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        for url in urls:
            assert Client().get(url, secure=True).status_code == 200
    return asked


@pytest.mark.same_on_any_database("which tables are asked")
def test_stored_pages_show_rows_of_watched_tables_and_of_versions_alone():
    pages = [Article, Exercise, Routine]
    rows = [row for model in pages for row in model.objects.published()[:MOST]]
    urls = [row.get_absolute_url() for row in [*rows, *Topic.objects.all()]]
    urls += [f"{row.get_absolute_url()}play/" for row in Routine.objects.published()]
    urls += ["/", "/articles/", "/where-does-it-hurt/", "/when-to-get-help/"]
    urls += ["/exercises/", "/routines/", "/my-progress/", "/about/", "/privacy/"]
    urls += ["/feeds/articles/", "/sitemap.xml"]
    urls += [f"/sitemap-{name}.xml" for name in SITEMAPS]

    watched = {trigger.table for trigger in triggers.wanted().values()}
    versions = {
        apps.get_model(label)._meta.db_table
        for label, reason in NEVER_SHOWN.items()
        if reason is WRITTEN_ONCE
    }
    assert tables_asked(urls) - watched - versions == set()


def test_every_model_that_is_never_shown_is_one_and_has_its_reason():
    ours = {model._meta.label for model in apps.get_models(include_auto_created=True)}

    assert NEVER_SHOWN.keys() <= ours
    assert all(NEVER_SHOWN.values())


def change_one(model):
    """Another text in the first row that takes one; whether there is such a row."""
    texts = [f for f in model._meta.concrete_fields if f.get_internal_type() in ("CharField", "TextField", "SlugField")]  # fmt: skip
    for row in model._base_manager.all()[:3]:
        rows = model._base_manager.filter(pk=row.pk)
        for field in texts:
            try:
                rows.update(**{field.name: "another"})
            except DatabaseError:  # a constraint, or one that is never changed
                continue
            return True
    return False


def test_a_row_of_a_watched_table_that_changes_ends_what_is_stored():
    unchanged = []
    for model in triggers.shown_models():
        was = revision.current()
        if change_one(model) and revision.current() == was:
            unchanged.append(model._meta.label)

    assert unchanged == []


def test_a_row_that_comes_or_goes_ends_what_is_stored_and_one_that_stays_as_it_is_does_not():
    was = [revision.current()]
    link = Clinic.objects.get().links.create(label="Elsewhere", url="https://x.example/")  # fmt: skip
    was.append(revision.current())
    SocialLink.objects.filter(pk=link.pk).update(label="Elsewhere")
    assert revision.current() == was[-1]
    link.delete()
    was.append(revision.current())

    assert len({*was}) == 3


def test_every_watched_table_has_a_trigger_for_each_kind_of_change():
    kinds = {(each.table, each.when) for each in triggers.wanted().values()}

    assert triggers.are_in_place()
    assert len(kinds) == 3 * len(triggers.shown_models()) == len(triggers.wanted())


def test_while_tables_are_migrated_nothing_is_stored_and_all_is_watched_afterwards():
    triggers.take_away(plan=["a migration"])
    assert (revision.current(), triggers.are_in_place()) == ("", False)

    call_command("migrate", verbosity=0)

    assert triggers.are_in_place()
    assert revision.current()


def test_a_table_that_was_made_anew_without_its_triggers_stops_all_storing(monkeypatch):
    monkeypatch.setitem(revision._known, "in place", False)
    name, table = next(iter(triggers._present().items()))
    with connection.cursor() as cursor:
        cursor.execute(triggers._drop(name, table))

    assert revision.current() == ""
    triggers.put_in_place()
    assert revision.current()


def test_a_database_that_is_brought_back_has_the_revision_of_its_own_content():
    """A counter would have that of what came after the backup, which may be stored."""
    backed_up = revision.current()
    tokens = set()
    for name in ["After", "Another after"]:
        Clinic.objects.update(name=name)
        tokens.add(revision.current())
        Revision.objects.update(token=backed_up)  # as a restored row would have it

    assert len(tokens | {backed_up}) == 3


def test_a_page_is_stored_until_the_next_moment_that_can_change_it():
    year = timezone.now().year + 1
    noon = datetime(year, 3, 1, 12, tzinfo=UTC)
    Clinic.objects.update(time_zone="Asia/Kathmandu")  # 17:45 there
    assert next_change(noon) == noon + LONGEST

    late = datetime(year, 3, 1, 17, 50, tzinfo=UTC)
    assert next_change(late) == datetime(year, 3, 1, 18, 15, tzinfo=UTC)
    assert next_midnight(late, UTC) == datetime(year, 3, 2, tzinfo=UTC)

    make_program(published_at=noon + timedelta(minutes=30))
    make_article(comes_down_at=noon + timedelta(minutes=20))
    assert next_change(noon) == noon + timedelta(minutes=20)
    assert next_change(noon + timedelta(minutes=20)) == noon + timedelta(minutes=30)
