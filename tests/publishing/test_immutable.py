"""A version is written once: neither our code nor any other changes it, on either database."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from exercises.models import Handout
from kneecare.publishing.exceptions import Immutable
from kneecare.publishing.models import Version
from kneecare.publishing.publish import save_revision
from tests.factories import (
    make_article,
    make_draft,
    make_exercise,
    make_handout,
    make_routine,
)

pytestmark = pytest.mark.django_db

# A new kind of version has its line here, or a test fails.
MAKERS = {
    "articles.articleversion": lambda: make_article(),
    "exercises.exerciseversion": lambda: make_exercise(),
    "exercises.routineversion": lambda: make_routine(make_exercise()),
    "exercises.handoutversion": lambda: make_handout(make_exercise()),
}
KINDS = [model for model in apps.get_models() if issubclass(model, Version)]
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
DRAFTS = [
    lambda: make_draft(),
    lambda: make_exercise(published_at=None),
    lambda: make_routine(make_exercise(), published_at=None),
]


def live_version_of(kind):
    return MAKERS[kind._meta.label_lower]().live_version


def run(sql, *params):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def test_each_kind_of_version_is_tried():
    assert {kind._meta.label_lower for kind in KINDS} == set(MAKERS)


@each_kind
def test_the_database_refuses_to_change_any_column_of_a_version(kind):
    version = live_version_of(kind)
    other = kind.objects.get(pk=live_version_of(kind).pk)
    table = kind._meta.db_table
    before = kind.objects.filter(pk=version.pk).values().get()
    changes = {
        field.column: "'[]'" if field.get_internal_type() == "JSONField" else "NULL"
        for field in kind._meta.concrete_fields
        if getattr(version, field.attname) is not None
    }
    changes |= {"id": "id + 1000", "page_id": str(other.page_id)}

    for column, value in sorted(changes.items()):
        with pytest.raises(IntegrityError, match="written once"):
            run(f'UPDATE {table} SET "{column}" = {value} WHERE id = %s', version.pk)  # noqa: S608 - our own names

    assert kind.objects.filter(pk=version.pk).values().get() == before


@each_kind
def test_the_database_refuses_to_delete_a_version_of_a_page_that_has_a_live_one(kind):
    version = live_version_of(kind)

    with pytest.raises(IntegrityError, match="written once"):
        run(f"DELETE FROM {kind._meta.db_table} WHERE id = %s", version.pk)  # noqa: S608 - our own names

    assert kind.objects.filter(pk=version.pk).exists()


@each_kind
def test_our_own_code_is_refused_before_it_asks_the_database(
    kind, django_assert_num_queries
):
    version = live_version_of(kind)
    versions = kind.objects.filter(pk=version.pk)

    with django_assert_num_queries(0):
        for change in [
            version.save,
            version.delete,
            versions.delete,
            lambda: versions.update(title="Rewritten"),
        ]:
            with pytest.raises(Immutable):
                change()


@pytest.mark.parametrize("make", DRAFTS)
def test_a_draft_that_was_never_live_takes_its_versions_along(make):
    draft = make()
    save_revision(draft, by=None)
    versions = type(draft).version_model().objects

    draft.delete()

    assert not versions.filter(title=draft.title).exists()


def test_an_account_that_goes_is_forgotten_by_the_versions_that_keep_its_name(
    django_user_model,
):
    ada = django_user_model.objects.create(first_name="Ada", last_name="Byron")
    version = save_revision(make_exercise(published_at=None), by=ada)

    ada.delete()

    version.refresh_from_db()
    assert (version.made_by, version.made_by_name) == (None, "Ada Byron")


def test_a_handout_goes_with_its_versions():
    handout = make_handout(make_exercise())

    Handout.objects.filter(pk=handout.pk).delete()

    assert not type(handout.live_version).objects.exists()
