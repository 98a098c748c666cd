"""What staff do in the admin reaches the index in the same request."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from articles.models import Article
from exercises.models import Exercise
from kneecare.clinic.models import Program
from kneecare.search import index, search
from kneecare.search.admin import IndexedPageAdmin
from kneecare.search.models import PromotedPage, SynonymGroup
from tests.admin_forms import filled, ticked
from tests.exercises.test_admin import exercise_form
from tests.factories import (
    make_article,
    make_exercise,
    make_program,
    make_routine,
    make_tag,
)

pytestmark = pytest.mark.django_db


def found(query):
    return [each.candidate.title for each in search(query).found]


def act(client, model, action, *rows, **data):
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    return client.post(url, {"action": action, **ticked(client, *rows), **data})


def change(client, row, data):
    options = row._meta
    url = reverse(
        f"admin:{options.app_label}_{options.model_name}_change", args=[row.pk]
    )
    shown = filled(client.get(url))
    carried = {name: shown[name] for name in ["seen", "seen_state"] if name in shown}
    response = client.post(url, data | carried)
    assert response.status_code == 302, response.context["adminform"].errors


def program_form(program, **changes):
    names = ["title", "slug", "summary", "action_label", "position"]
    when = {"published_at_0": "2026-01-01", "published_at_1": "12:00:00"}
    return {name: getattr(program, name) for name in names} | when | changes


def test_a_save_is_found_at_once(staff_client):
    program = make_program()

    change(staff_client, program, program_form(program, title="Sartorius"))

    assert found("sartorius") == ["Sartorius"]


def test_a_save_that_takes_the_date_away_hides_the_page(staff_client):
    program = make_program(title="Sartorius")
    index.refresh(program)

    change(
        staff_client,
        program,
        program_form(program, published_at_0="", published_at_1=""),
    )

    assert found("sartorius") == []
    assert not search("sartorius").plan.units


def test_an_exercise_is_found_by_what_was_published_of_it(staff_client):
    exercise = make_exercise(title="Sartorius", dose={"reps": 8})
    make_routine(exercise, title="Routine of it")
    form = exercise_form(exercise, tags=[make_tag(name="Walrus").pk], title="Zebra")

    change(staff_client, exercise, form)
    assert found("walrus") == found("zebra") == []

    change(staff_client, exercise, form | {"_publish": "1"})
    assert found("walrus") == found("zebra") == ["Zebra"]


@pytest.mark.parametrize("make", [make_exercise, make_routine, make_program])
def test_the_lists_actions_publish_and_take_down(staff_client, make):
    page = make(title="Sartorius", published_at=None)

    act(staff_client, type(page), "publish_now", page)
    assert found("sartorius") == ["Sartorius"]

    act(staff_client, type(page), "take_down", page)
    assert not search("sartorius").plan.units


def test_an_article_is_published_and_taken_down_from_the_list(staff_client):
    article = make_article(title="Sartorius")

    act(staff_client, Article, "take_down", article)
    assert not search("sartorius").plan.units

    act(staff_client, Article, "publish_now", article)
    assert found("sartorius") == ["Sartorius"]


def test_a_new_address_of_an_article_is_found_at_once(staff_client):
    article = make_article(title="Sartorius")
    data = {
        "title": "Sartorius",
        "slug": "another",
        "summary": "x",
        "language": "en-us",
        "author": article.author_id,
    }

    response = staff_client.get(
        reverse("admin:articles_article_change", args=[article.pk])
    )
    forms = {form.formset.prefix for form in response.context["inline_admin_formsets"]}
    blocks = {
        f"{prefix}-{count}": 0
        for prefix in forms
        for count in ["TOTAL_FORMS", "INITIAL_FORMS"]
    }
    change(staff_client, article, {**blocks, **data})

    assert search("sartorius").found[0].url == "/articles/another/"


@pytest.mark.parametrize("how", ["one", "many"])
def test_a_deletion_clears_the_index(staff_client, how):
    program = make_program(title="Sartorius")
    index.refresh(program)

    if how == "one":
        staff_client.post(
            reverse("admin:clinic_program_delete", args=[program.pk]), {"post": "yes"}
        )
    else:
        act(staff_client, Program, "delete_selected", program, post="yes")

    assert not Program.objects.exists()
    assert not search("sartorius").plan.units


def test_a_failed_action_leaves_rows_and_index_as_they_were(staff_client, monkeypatch):
    exercise = make_exercise(title="Sartorius", published_at=None)

    def fail(keys):
        raise RuntimeError

    monkeypatch.setattr(index, "refresh_keys", fail)
    with pytest.raises(RuntimeError):
        act(staff_client, Exercise, "publish_now", exercise)

    assert not Exercise.objects.published().exists()


def test_only_who_may_change_pages_may_publish_and_take_down():
    assert IndexedPageAdmin.publish_now.allowed_permissions == ["change"]
    assert IndexedPageAdmin.take_down.allowed_permissions == ["change"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("kneecap", "Give two words or more"),
        ("kneecap\n!!", "Each line needs a word"),
        ("kneecap\nKNEECAP", "The same word stands on two lines"),
        ("kneecap\none two three four five six", "five words at most"),
        ("a" * 300 + "\n" + "b" * 300, "at most 400 characters"),
    ],
)
def test_a_group_that_says_nothing_comes_back_with_a_message(
    staff_client, words, message
):
    before = SynonymGroup.objects.count()

    response = staff_client.post(
        reverse("admin:search_synonymgroup_add"), {"words": words}
    )

    assert message in response.text
    assert words.splitlines()[0] in response.text
    assert SynonymGroup.objects.count() == before


def test_staff_add_a_group(staff_client):
    index.refresh(make_program(title="Sartorius"))

    staff_client.post(
        reverse("admin:search_synonymgroup_add"),
        {"words": "sartorius\r\ntailor muscle\r\n"},
    )

    assert found("tailor muscle") == ["Sartorius"]


PROMOTED = {"title": "Talk to us", "url": "/contact/", "summary": "A form for any question.", "words": "zebra\nopening hours"}  # fmt: skip


def test_a_promoted_page_is_found_by_its_words_as_soon_as_it_is_saved(staff_client):
    url = reverse("admin:search_promotedpage_add")

    staff_client.post(url, PROMOTED)
    assert [found.url for found in search("zebra").found] == ["/contact/"]

    PromotedPage.objects.all().delete()
    assert not search("zebra").found


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/no-such-page/", "This site has no page at this address."),
        ("//evil.example/", "This site has no page at this address."),
        ("contact/", "This site has no page at this address."),
    ],
)
def test_a_promoted_page_is_one_of_this_site_s(staff_client, path, said):
    url = reverse("admin:search_promotedpage_add")

    response = staff_client.post(url, PROMOTED | {"url": path})

    assert said in response.text
    assert not PromotedPage.objects.exists()


@pytest.mark.parametrize("path", ["//evil.example/", "https://evil.example/", ""])
def test_the_database_keeps_no_promoted_page_of_another_site(path):
    with pytest.raises(IntegrityError, match="a_promoted_page_is_on_this_site"):
        PromotedPage.objects.create(**PROMOTED | {"url": path})
