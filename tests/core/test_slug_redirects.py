"""Whoever knows an old address is led to the page, as long as visitors may see it."""

import pytest
from django.contrib import admin
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kneecare.core.admin.model_admin import SlugRedirectAdmin
from kneecare.core.models import SlugRedirect
from kneecare.core.slug_redirects import moved
from kneecare.site.errors import PAGES
from tests.admin_forms import filled
from tests.factories import (
    make_article,
    make_draft,
    make_exercise,
    make_program,
    make_routine,
    make_topic,
)

pytestmark = pytest.mark.django_db
MAKERS = {
    "/articles/": make_article,
    "/topics/": make_topic,
    "/exercises/": make_exercise,
    "/routines/": make_routine,
    "/programs/": make_program,
}
each_kind = pytest.mark.parametrize("folder", MAKERS)


def move(page, slug):
    """Change the address of ``page`` as the admin does."""
    before, page.slug = page.slug, slug
    page.save(update_fields=["slug"])
    moved(page, before=before)


def answer(client, address):
    response = client.get(address)
    return response.status_code, response.headers.get("Location")


@each_kind
def test_an_old_address_leads_to_the_page_in_one_step(client, folder):
    page = MAKERS[folder](slug="a")
    move(page, "b")
    move(page, "c")

    answers = [answer(client, f"{folder}{slug}/") for slug in "abc"]

    assert answers == [(301, f"{folder}c/"), (301, f"{folder}c/"), (200, None)]


@each_kind
def test_an_old_address_that_is_taken_back_goes_round_in_no_circle(client, folder):
    page = MAKERS[folder](slug="a")
    move(page, "b")
    move(page, "a")

    assert answer(client, f"{folder}a/") == (200, None)
    assert answer(client, f"{folder}b/") == (301, f"{folder}a/")
    assert client.get(f"{folder}b/").headers["Cache-Control"] == "no-cache"


@each_kind
def test_an_old_address_gives_way_to_a_new_page(client, folder):
    page = MAKERS[folder](slug="a", title="First")
    move(page, "b")
    new = MAKERS[folder](slug="a", title="Second")
    moved(new, before=None)
    move(new, "c")

    assert answer(client, f"{folder}a/") == (301, f"{folder}c/")
    assert answer(client, f"{folder}b/") == (200, None)


@pytest.mark.parametrize("folder", [f for f in MAKERS if f != "/topics/"])
def test_an_old_address_tells_nothing_of_a_page_that_is_a_draft(client, folder):
    page = MAKERS[folder](slug="a")
    move(page, "not-yet-announced")
    type(page).objects.update(published_at=None)

    response = client.get(f"{folder}a/")

    assert response.status_code == 404
    assert "not-yet-announced" not in response.text


def test_an_old_address_of_one_kind_says_nothing_about_another(client):
    move(make_article(slug="a"), "b")

    assert answer(client, "/exercises/a/") == (404, None)


def test_an_old_address_keeps_the_rest_of_what_was_asked(client):
    move(make_topic(slug="a"), "b")

    assert answer(client, "/topics/a/?page=2&x=%26") == (301, "/topics/b/?page=2&x=%26")


def test_a_form_sent_to_an_old_address_keeps_its_words(client):
    move(make_program(slug="a"), "b")

    response = client.post("/programs/a/", {"name": "Ada"})

    assert (response.status_code, response.headers["Location"]) == (308, "/programs/b/")


def test_a_page_that_is_there_costs_nothing_more_and_one_that_is_not_one_query(client):
    def queries(address):
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return [query["sql"] for query in asked if "slugredirect" in query["sql"]]

    move(make_article(slug="a"), "b")
    queries("/articles/b/")

    assert queries("/articles/b/") == []
    assert len(queries("/articles/a/")) == len(queries("/articles/x/")) == 1


def test_the_database_keeps_one_way_from_an_old_address():
    first = {"kind": "articles.article", "slug": "a"}
    SlugRedirect.objects.create(page_id=1, **first)

    with pytest.raises(IntegrityError), transaction.atomic():
        SlugRedirect.objects.create(page_id=2, **first)


@pytest.fixture
def rename(staff_client):
    """Send the change form of a topic with another slug, following it to its messages."""

    def send(topic, slug):
        url = f"/admin/articles/topic/{topic.pk}/change/"
        fields = filled(staff_client.get(url)) | {"slug": slug, "_continue": "1"}
        return staff_client.post(url, fields, follow=True).text

    return send


def test_an_editor_who_changes_an_address_is_told_that_the_old_one_leads_on(
    client, rename
):
    html = rename(make_topic(slug="a"), "b")

    assert "The old one, which ends in a, leads to the new one." in html
    assert answer(client, "/topics/a/") == (301, "/topics/b/")


def test_an_editor_who_keeps_the_address_is_told_nothing_of_it(rename):
    html = rename(make_topic(slug="a"), "a")

    assert "leads to the new one" not in html
    assert not SlugRedirect.objects.exists()


def test_an_address_that_is_taken_leaves_the_way_as_it_was(rename):
    topic, other = make_topic(slug="a"), make_topic(slug="b")
    move(other, "c")

    rename(topic, "c")

    assert [row.slug for row in SlugRedirect.objects.all()] == ["b"]


def test_a_page_made_in_the_admin_takes_an_old_address_over(client, staff_client):
    move(make_topic(slug="a"), "b")

    staff_client.post("/admin/articles/topic/add/", {"title": "New", "slug": "a"})

    assert not SlugRedirect.objects.exists()


@pytest.mark.parametrize("by", ["page", "list"])
def test_a_page_that_is_deleted_takes_its_old_addresses_along(staff_client, by):
    page, kept = make_topic(slug="a"), make_topic(slug="x")
    move(page, "b")
    move(kept, "y")
    chosen = {"action": "delete_selected", "_selected_action": page.pk, "post": "yes"}

    if by == "page":
        url = f"/admin/articles/topic/{page.pk}/delete/"
        staff_client.post(url, {"post": "yes"})
    else:
        staff_client.post("/admin/articles/topic/", chosen)

    assert [row.slug for row in SlugRedirect.objects.all()] == ["x"]


def test_an_editor_reads_beside_the_address_that_the_old_one_leads_on(staff_client):
    page = make_draft(slug="a")
    url = f"/admin/articles/article/{page.pk}/change/"
    form = staff_client.get(url).context["adminform"].form

    assert "the old address leads to the new one" in form.fields["slug"].help_text


@pytest.mark.parametrize("name", PAGES)
def test_the_admin_of_every_page_that_can_move_remembers_where_it_was(name):
    model = PAGES[name]().model

    assert isinstance(admin.site._registry[model], SlugRedirectAdmin)
