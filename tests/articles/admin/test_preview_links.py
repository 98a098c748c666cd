"""A link for a reviewer outside: it shows the working copy, for some days, to whoever has it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import signing

from articles.models import Article
from articles.preview_links import end_links, make_link
from kneecare.publishing.publish import publish
from tests.articles.everything import make_full_draft
from tests.factories import make_clinic, make_draft

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


def path(article, days=7):
    link, _ = make_link(article, days=days, by=None)
    return link.removeprefix("https://testserver")


def test_a_link_shows_the_working_copy_and_says_that_it_is_not_published(client):
    article = make_draft(title="Not yet public")

    response = client.get(path(article))

    assert response.status_code == 200
    assert "Not yet public" in response.text
    assert "Preview, not published." in response.text


def test_a_link_to_a_published_article_shows_what_is_not_published_yet(client):
    article = make_draft(title="Old")
    publish(article, by=None)
    Article.objects.update(title="New")

    assert "<h1>New</h1>" in client.get(path(article)).text
    assert "<h1>Old</h1>" in client.get(article.get_absolute_url()).text


@pytest.mark.parametrize("days", [1, 7, 30])
def test_a_link_works_until_its_last_moment_and_not_longer(client, days):
    with time_machine.travel(NOW, tick=False):
        article = make_draft(title="Not yet public")
        link = path(article, days)

    with time_machine.travel(NOW + timedelta(days=days, seconds=-1), tick=False):
        assert client.get(link).status_code == 200
    with time_machine.travel(NOW + timedelta(days=days), tick=False):
        response = client.get(link)

    assert response.status_code == 410
    assert "This preview has ended" in response.text
    assert "Not yet public" not in response.text


def test_staff_end_all_links_of_one_article_and_can_make_new_ones(client):
    article, other = make_draft(), make_draft()
    links, others = [path(article), path(article, 30)], path(other)

    end_links(article, by=None)
    article.refresh_from_db()

    assert [client.get(link).status_code for link in links] == [410, 410]
    assert client.get(others).status_code == 200
    assert client.get(path(article)).status_code == 200


@pytest.mark.parametrize(
    "forge",
    [
        lambda token: token[:-2] + "xx",
        lambda token: "x" + token,
        lambda token: signing.dumps([1, 1, 9999999999], salt="something else"),
        lambda token: signing.dumps([1, 1, 9999999999]),
        lambda token: "..%2F::é",
    ],
)
def test_a_forged_link_is_a_page_that_is_not_there(client, forge):
    token = path(make_draft()).split("/")[2]

    response = client.get(f"/preview/{forge(token)}/")

    assert response.status_code == 404
    assert "This page is not here" in response.text


def test_the_link_to_a_deleted_draft_has_ended(client):
    article = make_draft()
    link = path(article)
    article.delete()

    assert client.get(link).status_code == 410


def test_a_preview_is_kept_by_nobody_found_by_nobody_and_tells_nobody(client):
    make_clinic()
    article = make_full_draft()
    link = path(article)

    response = client.get(link)

    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.text
    assert "application/ld+json" not in response.text
    assert link not in response.text
    assert dict(response.cookies) == {}


def test_a_link_cannot_be_written_to(client):
    assert client.post(path(make_draft())).status_code == 405


class TestAdmin:
    def url(self, article):
        return f"/admin/articles/article/{article.pk}/links/"

    def test_staff_choose_how_long_it_works_and_see_the_link_once(
        self, staff_client, staff
    ):
        article = make_draft(title="Not yet public")

        response = staff_client.post(self.url(article), {"days": "1"})

        link = re.search(r'readonly value="https://testserver([^"]+)"', response.text)[
            1
        ]
        staff_client.logout()
        assert "Not yet public" in staff_client.get(link).text
        with time_machine.travel(datetime.now(UTC) + timedelta(days=1, minutes=1)):
            assert staff_client.get(link).status_code == 410
        assert article.events.get().made_by == staff
        staff_client.force_login(staff)
        assert "/preview/" not in staff_client.get(self.url(article)).text.replace(
            article.get_absolute_url(), ""
        )

    def test_staff_end_all_links(self, staff_client):
        article = make_draft()
        link = path(article)

        response = staff_client.post(self.url(article), {"_end": "1"}, follow=True)

        assert "All preview links of this article have ended." in response.text
        assert staff_client.get(link).status_code == 410

    @pytest.mark.parametrize("days", ["", "2", "365", "x"])
    def test_no_other_length_can_be_chosen(self, staff_client, days):
        article = make_draft()

        response = staff_client.post(self.url(article), {"days": days})

        assert response.status_code == 200
        assert "readonly" not in response.text
        assert not article.events.exists()

    def test_only_who_may_change_articles_may_make_one(self, client, django_user_model):
        client.force_login(django_user_model.objects.create_user("x", is_staff=True))

        assert client.post(self.url(make_draft()), {"days": "1"}).status_code == 403
