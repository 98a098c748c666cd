import pytest
from django.db.models import OuterRef

from exercises.models import Exercise, Tag
from kneecare.core.database.json_rows import JSONRows
from tests.factories import make_exercise, make_tag

pytestmark = pytest.mark.django_db


def tags_of_each():
    tags = JSONRows(
        Tag.objects.filter(exercises=OuterRef("pk")), name="name", kind="kind"
    )
    return Exercise.objects.annotate(rows=tags)


def test_json_rows_reads_a_list_with_its_row_in_one_query(django_assert_num_queries):
    exercise, other = make_exercise(), make_exercise()
    exercise.tags.set([make_tag(name='It\'s a "knee"'), make_tag(name="Hüfte")])
    other.tags.set([make_tag(name="Other")])

    with django_assert_num_queries(1):
        rows = tags_of_each().get(pk=exercise.pk).rows

    assert sorted(row["name"] for row in rows) == ["Hüfte", 'It\'s a "knee"']


def test_json_rows_is_an_empty_list_when_there_is_nothing():
    make_exercise()

    assert tags_of_each().get().rows == []
