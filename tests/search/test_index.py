"""The index holds what is published, at once, and nothing else shows."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from articles.models import Article, ArticleVersion, TextBlock
from kneecare.clinic.models import Program
from kneecare.publishing.publish import publish, take_down
from kneecare.publishing.publish import publish as publish_exercise
from kneecare.search import index, nearest_titles, search
from kneecare.search.models import Document, Spelling, SynonymGroup, Word
from tests.factories import (
    make_article,
    make_draft,
    make_exercise,
    make_program,
    make_routine,
    make_tag,
)

pytestmark = pytest.mark.django_db


def found(query):
    return [each.candidate.title for each in search(query).found]


def test_publishing_an_article_puts_it_into_the_index():
    draft = make_draft(title="Sartorius", html="<p>Zebra words.</p>")
    assert found("sartorius") == found("zebra") == []

    publish(draft, by=None)

    assert found("sartorius") == found("zebra") == ["Sartorius"]


def test_an_edit_is_not_found_until_someone_publishes():
    article = make_article(title="Sartorius", html="<p>Zebra words.</p>")
    TextBlock.objects.update(html="<p>Giraffe words.</p>")
    index.refresh(article)
    assert found("giraffe") == []
    assert found("zebra") == ["Sartorius"]

    publish(article, by=None)

    assert found("giraffe") == ["Sartorius"]
    assert found("zebra") == []


def test_an_article_that_is_taken_down_is_found_no_more_and_leaves_no_word_behind():
    article = make_article(title="Sartorius", html="<p>Zebra words.</p>")

    take_down(article, by=None)

    assert found("zebra") == []
    assert not Document.objects.exists()
    assert not Word.objects.exists()
    assert not Spelling.objects.exists()


def test_the_index_is_part_of_the_transaction():
    draft = make_draft(title="Sartorius")

    with transaction.atomic():
        publish(draft, by=None)
        transaction.set_rollback(True)

    assert not Document.objects.exists()
    assert not Word.objects.exists()


@pytest.mark.parametrize("make", [make_exercise, make_routine, make_program])
def test_a_row_that_is_changed_past_the_index_never_shows(make):
    page = make(title="Sartorius")
    index.refresh(page)
    assert found("sartorius") == ["Sartorius"]

    type(page).objects.update(published_at=None)

    assert found("sartorius") == []
    assert nearest_titles("sartorius") == nearest_titles("sartoriuss") == []


def test_a_page_with_a_day_in_the_future_shows_from_that_day_on(time_machine):
    monday = datetime(2030, 1, 7, 12, tzinfo=UTC)
    time_machine.move_to(monday)
    index.refresh(
        make_exercise(title="Sartorius", published_at=monday + timedelta(days=1))
    )
    index.catch_up()
    assert found("sartorius") == []
    assert not Word.objects.filter(word="sartorius").exists()

    time_machine.move_to(monday + timedelta(days=2))
    index.catch_up()

    assert found("sartorius") == ["Sartorius"]


def test_a_row_that_is_deleted_never_shows_and_is_cleared_away():
    index.refresh(make_program(title="Sartorius"))
    Program.objects.all().delete()
    assert found("sartorius") == []

    assert index.catch_up() == 1

    assert not Document.objects.exists()
    assert index.catch_up() == 0


def test_an_exercise_is_found_by_its_steps_reasons_and_tags():
    make_exercise(
        steps="Sit.\nZebra.",
        why="<p>For <b>giraffes</b>.</p>",
        title="Sartorius",
        tags=[make_tag(name="Walrus")],
    )

    assert [found(word) for word in ["zebra", "giraffe", "walrus"]] == [
        ["Sartorius"]
    ] * 3


def test_a_routine_is_found_by_the_names_of_its_published_exercises_only():
    shown, draft = (
        make_exercise(title="Zebra"),
        make_exercise(title="Giraffe", published_at=None),
    )
    index.refresh(make_routine(shown, draft, title="Sartorius"))

    assert sorted(found("zebra")) == ["Sartorius", "Zebra"]
    assert found("giraffe") == []


def test_an_exercise_that_is_published_anew_is_found_by_its_new_words_only():
    exercise = make_exercise(title="Zebra")

    exercise.title = "Giraffe"
    exercise.save()
    assert found("zebra") == ["Zebra"]
    publish_exercise(exercise, by=None)

    assert found("zebra") == []
    assert found("giraffe") == ["Giraffe"]


def test_a_page_is_found_by_the_name_of_its_kind():
    index.refresh(make_routine(title="Sartorius"))

    assert found("sartorius routine") == found("routines") == ["Sartorius"]


def test_the_numbers_of_the_words_are_kept_as_pages_come_change_and_go():
    zebras = [
        make_program(summary="Zebra.", title="One"),
        make_program(summary="Zebra.", title="Two"),
    ]
    index.refresh(*zebras)
    assert Word.objects.get(word="zebra").documents == 2

    Program.objects.filter(pk=zebras[0].pk).update(summary="Giraffe.")
    index.refresh(*zebras)
    kept = sorted(Word.objects.values_list("word", "stem", "documents"))
    spelled = sorted(Spelling.objects.values_list("key", "word"))
    assert ("zebra", "zebra", 1) in kept

    index.rebuild()

    assert sorted(Word.objects.values_list("word", "stem", "documents")) == kept
    assert sorted(Spelling.objects.values_list("key", "word")) == spelled


def test_the_database_itself_keeps_what_it_looks_words_up_with():
    index.refresh(make_program(title="Sartorius"))

    Document.objects.update(title_stems="zebra", title="Zebra")
    Word.objects.filter(word="sartorius").update(stem="zebra")

    assert found("zebra") == ["Zebra"]


def test_the_command_makes_the_index_anew():
    for make in [make_article, make_exercise, make_routine, make_program]:
        make()
    make_draft()
    Document.objects.all().delete()
    told = StringIO()

    call_command("rebuild_search", stdout=told)

    assert told.getvalue() == "The search index holds 4 pages.\n"
    assert sorted(Document.objects.values_list("kind", flat=True)) == [
        "article",
        "exercise",
        "program",
        "routine",
    ]


def test_a_site_from_before_gets_its_index_when_it_starts_and_an_old_one_a_new():
    make_program(title="Sartorius")
    call_command("rebuild_search", if_needed=True, stdout=StringIO())
    assert found("sartorius") == ["Sartorius"]

    Document.objects.update(version=index.VERSION + 1, title="Stale")
    call_command("rebuild_search", if_needed=True, stdout=StringIO())

    assert found("sartorius") == ["Sartorius"]


def test_first_content_can_be_found_at_once():
    call_command("first_content", stdout=StringIO())

    assert Document.objects.count() == 17
    assert found("glute bridge")[0] == "Glute bridge"


def test_staff_say_which_words_mean_the_same_and_it_holds_at_once():
    index.refresh(make_program(title="Sartorius"))
    assert found("tailor muscle") == []

    SynonymGroup.objects.create(words="sartorius\ntailor muscle")

    results = search("tailor muscle")
    assert [each.candidate.title for each in results.found] == ["Sartorius"]
    assert results.plan.also == ("sartorius",)


def test_a_word_may_stand_in_several_groups():
    index.refresh(make_program(title="Zebra"), make_program(title="Giraffe"))
    for other in ["zebra", "giraffe"]:
        SynonymGroup.objects.create(words=f"animal\n{other}")

    assert sorted(found("animal")) == ["Giraffe", "Zebra"]


def test_a_slip_in_a_synonym_that_no_page_has_is_mended():
    index.refresh(make_program(title="Sartorius"))
    SynonymGroup.objects.create(words="sartorius\ncouturier")

    assert found("couturrier") == ["Sartorius"]


def test_a_title_counts_more_than_a_summary_and_that_more_than_a_body():
    index.refresh(
        make_program(title="One", summary="Other.", body="<p>Zebra zebra zebra.</p>"),
        make_program(title="Two", summary="A zebra.", body="<p>Other.</p>"),
        make_program(title="Zebra", summary="Other.", body="<p>Other.</p>"),
    )

    assert found("zebra") == ["Zebra", "Two", "One"]


def test_a_phrase_in_quotation_marks_is_found_as_it_stands():
    index.refresh(
        make_program(title="Zebra giraffe"), make_program(title="Giraffe zebra")
    )

    assert found('"zebra giraffe"') == ["Zebra giraffe"]
    assert search('"zebra giraffe"').is_exact


def test_a_phrase_that_no_page_has_gives_way_to_its_words():
    index.refresh(make_program(title="Zebra and giraffe"))

    results = search('"giraffe zebra"')

    assert [each.candidate.title for each in results.found] == ["Zebra and giraffe"]
    assert not results.is_exact


def test_no_phrase_runs_from_a_title_into_a_summary():
    index.refresh(make_program(title="Zebra", summary="Giraffe."))

    assert not search('"zebra giraffe"').is_exact


def test_a_search_costs_two_queries_and_no_word_costs_none(django_assert_num_queries):
    call_command("first_content", stdout=StringIO())

    with django_assert_num_queries(2):
        search("glut brige and kneecap pain")
    with django_assert_num_queries(1):
        search("xyzzy")
    with django_assert_num_queries(0):
        search("?!")
    with django_assert_num_queries(2):
        nearest_titles("glut-brige")


def test_the_nearest_titles_forgive_a_mistyped_address():
    call_command("first_content", stdout=StringIO())

    nearest = nearest_titles("patelar-tendinitus")

    assert nearest[0] == (
        "Patellar tendinitis: pain just below the kneecap",
        "/articles/patellar-tendinitis/",
    )
    assert nearest_titles("asdf") == []
    assert len(nearest_titles("knee", limit=2)) == 2


def test_articles_of_every_kind_of_block_are_read_in_the_same_order_by_every_database():
    article = make_article(title="Sartorius")
    blocks = [
        {
            "type": "question",
            "url": "/unread/",
            "title": "One two",
            "html": "<p>three</p><p>four</p>",
            "questions": [{"question": "five", "answer": "six"}],
        }
    ]
    # Of a version that is stored anew, as no block of today nests its words.
    version = ArticleVersion.of(article)
    version.data["blocks"] = blocks
    version.store(by=None, number=2)
    Article.objects.update(live_version=version)
    index.refresh(Article.objects.get())

    assert Document.objects.get().body == "One two three four five six"
