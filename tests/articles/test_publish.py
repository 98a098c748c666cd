import pytest
from django.db import IntegrityError, transaction

from articles.models import (
    Article,
    ArticleVersion,
    CallToActionBlock,
    ExerciseBlock,
    TextBlock,
)
from articles.rendering.blocks import shown_blocks, slugs_now
from exercises.models import Exercise
from kneecare.publishing.exceptions import PublishedMeanwhile
from kneecare.publishing.models.version import VersionQuerySet
from kneecare.publishing.publish import publish, take_down
from tests.factories import (
    make_article,
    make_draft,
    make_exercise,
    make_program,
    make_routine,
)

pytestmark = pytest.mark.django_db


def test_publish_numbers_the_versions_of_each_article():
    first, second = make_draft(), make_draft()

    numbers = [publish(article, by=None).number for article in [first, second, first]]

    assert numbers == [1, 1, 2]


def test_publish_keeps_the_first_day_of_publication():
    article = make_article()
    first_day = article.published_at

    publish(article, by=None)

    assert Article.objects.get().published_at == first_day


def test_an_edit_does_not_reach_readers_until_someone_publishes():
    article = make_article(title="Old title", html="<p>Old words.</p>")
    Article.objects.update(title="New title")
    TextBlock.objects.update(html="<p>New words.</p>")

    before = Article.objects.published().get().live_version
    assert (before.title, before.blocks) == (
        "Old title",
        [{"type": "text", "html": "<p>Old words.</p>"}],
    )

    article.refresh_from_db()
    publish(article, by=None)
    after = Article.objects.published().get().live_version
    assert (after.title, after.blocks) == (
        "New title",
        [{"type": "text", "html": "<p>New words.</p>"}],
    )


def test_publish_tells_the_second_of_two_editors_and_changes_nothing(monkeypatch):
    article = make_article()
    first = publish(article, by=None)
    # As if the other version had come between counting and storing.
    monkeypatch.setattr(VersionQuerySet, "next_number", lambda _: 2)

    with pytest.raises(PublishedMeanwhile):
        publish(article, by=None)

    assert Article.objects.get().live_version == first
    assert ArticleVersion.objects.count() == 2


def test_published_leaves_out_drafts_and_what_was_taken_down():
    shown = make_article()
    make_draft()
    take_down(make_article(), by=None)

    assert list(Article.objects.published()) == [shown]
    assert list(ArticleVersion.objects.published()) == [shown.live_version]


def test_the_database_refuses_a_published_article_without_a_version():
    article = make_draft()

    with (
        pytest.raises(IntegrityError, match="a_published_article_has_a_version"),
        transaction.atomic(),
    ):
        Article.objects.filter(pk=article.pk).update(published_at="2026-01-05T00:00Z")


@pytest.mark.parametrize("kind", ["exercise", "routine"])
def test_shown_blocks_leave_out_what_is_no_longer_published(kind):
    article = make_draft()
    target = make_exercise() if kind == "exercise" else make_routine(make_exercise())
    ExerciseBlock.objects.create(
        parent=article, region="main", ordering=20, **{kind: target}
    )
    version = publish(article, by=None)

    def types():
        shown = shown_blocks(version, slugs_now(version))
        return [block["type"] for block in shown]

    assert types() == ["text", kind]

    type(target).objects.update(published_at=None)

    assert types() == ["text"]


def test_an_exercise_knows_the_articles_that_patients_read_about_it():
    exercise = make_exercise()
    for article in [make_draft(), make_draft()]:
        ExerciseBlock.objects.create(
            parent=article, region="main", ordering=20, exercise=exercise
        )
        publish(article, by=None)
    take_down(article, by=None)

    shown = Exercise.objects.get().article_versions.published()

    assert [version.page for version in shown] == [Article.objects.published().get()]


def test_a_block_names_an_exercise_or_a_routine_but_not_both():
    article, exercise = make_draft(), make_exercise()
    routine = make_routine(exercise)

    for targets in [{}, {"exercise": exercise, "routine": routine}]:
        with (
            pytest.raises(
                IntegrityError, match="a_block_shows_an_exercise_or_a_routine"
            ),
            transaction.atomic(),
        ):
            ExerciseBlock.objects.create(
                parent=article, region="main", ordering=20, **targets
            )


@pytest.mark.parametrize(
    ("target", "url"),
    [("book", "/book/"), ("contact", "/contact/"), ("program", "/programs/revive-u/")],
)
def test_a_call_to_action_leads_where_it_says(target, url):
    program = make_program(slug="revive-u") if target == "program" else None
    block = CallToActionBlock(title="Talk", label="Go", target=target, program=program)

    assert block.snapshot()["url"] == url
