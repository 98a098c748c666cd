"""Patients see the last published version until someone publishes the next."""

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from articles.models import Article, ArticleVersion
from articles.rendering.blocks import full_text, slugs_now
from articles.search_documents import article_page
from exercises.models import Dose, Exercise, Routine, RoutineItem
from kneecare.publishing.exceptions import Immutable
from kneecare.publishing.publish import publish, save_revision
from tests.articles.everything import (
    edits,
    make_full_article,
    make_full_draft,
    publish_moves,
)
from tests.factories import make_article, make_clinic, make_draft

pytestmark = pytest.mark.django_db

LISTS = [
    "/",
    "/articles/",
    "/where-does-it-hurt/",
    "/feeds/articles/",
    "/sitemap-articles.xml",
]


@pytest.fixture
def article():
    make_clinic()
    return make_full_article()


@pytest.mark.parametrize("name", edits(Article()))
def test_an_edit_leaves_every_page_byte_for_byte_the_same_until_someone_publishes(
    client, article, name
):
    topics = [topic.get_absolute_url() for topic in article.topics.all()]
    addresses = [article.get_absolute_url(), *LISTS, *topics]
    edit = edits(article)[name]
    if name == "related":
        addresses = addresses[:1]  # the lists hold the other article, which is new
    before = {address: client.get(address).content for address in addresses}

    edit()

    for address in addresses:
        assert client.get(address).content == before[address]
    publish(Article.objects.get(pk=article.pk), by=None)
    live = Article.objects.published().get(pk=article.pk).live_version
    assert live.source != article.live_version.source


@pytest.mark.parametrize(
    "edit",
    [
        lambda: Dose.objects.update(sets=9),
        lambda: Exercise.objects.update(title="Edited", summary="Edited", figure={}),
        lambda: Routine.objects.update(title="Edited", summary="Edited"),
        lambda: RoutineItem.objects.all().delete(),
    ],
    ids=["dose", "exercise", "routine", "exercises of the routine"],
)
def test_a_page_keeps_the_exercises_and_doses_that_were_published_with_it(
    client, article, edit
):
    before = client.get(article.get_absolute_url())
    assert "2 sets of 10" in before.text
    for item in RoutineItem.objects.all():
        assert item.exercise.title in before.text

    edit()
    publish_moves()

    assert client.get(article.get_absolute_url()).content == before.content


def test_publishing_again_shows_the_new_dose(client, article):
    Dose.objects.update(sets=9)
    publish_moves()

    publish(article, by=None)

    assert client.get(article.get_absolute_url()).text.count("9 sets") == 1


def test_an_exercise_that_is_taken_down_disappears_at_once_alone_and_in_a_routine(
    client, article
):
    for exercise in Exercise.objects.all():
        assert exercise.title in client.get(article.get_absolute_url()).text
        Exercise.objects.filter(pk=exercise.pk).update(published_at=None)
        assert exercise.title not in client.get(article.get_absolute_url()).text
    routine = Routine.objects.get()
    assert routine.title in client.get(article.get_absolute_url()).text
    Routine.objects.update(published_at=None)
    assert routine.title not in client.get(article.get_absolute_url()).text


def test_a_card_leads_to_where_the_exercise_is_now(client, article):
    Exercise.objects.filter(article_versions=article.live_version).update(slug="moved")

    assert 'href="/exercises/moved/"' in client.get(article.get_absolute_url()).text


@pytest.mark.parametrize("copies", [1, 3])
def test_a_published_article_costs_two_queries_however_much_it_holds(
    client, django_assert_num_queries, copies
):
    make_clinic()
    article = make_full_article(copies=copies)

    with django_assert_num_queries(2):
        html = client.get(article.get_absolute_url()).text

    assert html.count('class="card card--exercise"') == copies
    assert html.count('class="card card--article"') == copies


def test_a_version_that_is_stored_cannot_be_changed_or_deleted(article):
    version = article.live_version
    versions = ArticleVersion.objects.filter(pk=version.pk)
    version.title = "Rewritten"

    for change in [
        version.save,
        version.delete,
        versions.delete,
        lambda: versions.update(title="Rewritten"),
        lambda: ArticleVersion.objects.bulk_update([version], ["title"]),
    ]:
        with pytest.raises(Immutable), transaction.atomic():
            change()

    assert versions.get().title == "Full article"


@pytest.mark.parametrize(
    ("number", "promise"),
    [
        (0, "versions_are_numbered_from_one"),
        (1, "versions_are_numbered_once|page_id, articles_articleversion"),
    ],
)
def test_the_database_numbers_versions_from_one_and_once(article, number, promise):
    live = ArticleVersion.objects.get(pk=article.live_version_id)
    live.pk, live.number, live._state.adding = None, number, True

    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        live.save()


def test_an_article_that_was_live_cannot_be_deleted_but_a_kept_draft_can(article):
    draft = make_draft()
    save_revision(draft, by=None)

    with pytest.raises(ProtectedError):
        article.delete()
    draft.delete()

    assert not ArticleVersion.objects.filter(title=draft.title).exists()
    assert article.versions.count() == 1


def test_a_version_says_who_made_it_when_the_account_is_gone(django_user_model):
    ada = django_user_model.objects.create(first_name="Ada", last_name="Byron")
    version = publish(make_draft(), by=ada, note="First words.")

    ada.delete()

    kept = ArticleVersion.objects.get(pk=version.pk)
    assert (kept.made_by, kept.made_by_name, kept.note) == (
        None,
        "Ada Byron",
        "First words.",
    )


def test_a_version_holds_its_words_for_search_and_none_of_the_exercises(article):
    words = article_page(article).body

    assert words.startswith("Some text. A callout Called out.")
    assert Exercise.objects.first().title not in words
    assert "<" not in words


def test_the_full_text_leaves_out_an_exercise_that_was_taken_down(article):
    exercise = Exercise.objects.get(article_versions=article.live_version)
    assert exercise.title in full_text(
        article.live_version, slugs_now(article.live_version)
    )

    Exercise.objects.update(published_at=None)

    text = full_text(article.live_version, slugs_now(article.live_version))
    assert exercise.title not in text
    assert "Called out." in text


def test_structured_data_is_frozen_but_names_address_and_people_as_they_are(
    client, article
):
    Article.objects.filter(pk=article.pk).update(slug="moved")
    article.live_version.reviewer.name = "Rae Newname"
    article.live_version.reviewer.save()

    data = client.get("/articles/moved/").context["structured_data"]
    assert data["url"] == "https://testserver/articles/moved/"
    assert data["reviewedBy"]["name"] == "Rae Newname"
    assert data["dateModified"] == article.live_version.made_at.isoformat()


def test_making_a_version_costs_the_same_however_many_there_are_already(article):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            publish(article, by=None)
        return len(queries)

    first = cost()
    for _ in range(3):
        publish(article, by=None)

    assert cost() == first


def test_pictures_of_every_version_are_known_when_the_block_is_gone(article):
    [picture] = article.live_version.pictures.all()
    article.articles_imageblock_set.all().delete()
    publish(article, by=None)

    assert list(picture.article_versions.values_list("number", flat=True)) == [1]


def test_a_draft_of_everything_is_previewed_as_it_will_be_read(staff_client):
    make_clinic()
    draft = make_full_draft()
    make_article()

    before = staff_client.get(f"/articles/{draft.slug}/preview/")
    publish(draft, by=None)
    after = staff_client.get(draft.get_absolute_url())

    def body(response):
        html = response.text.partition("<article")[2]
        return re.sub(r"\?key=[^ \"]+", "", html)  # a preview shows pictures by key

    assert body(before) == body(after)
    assert "Preview. Patients do not see this" in before.text
