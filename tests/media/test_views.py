"""Who may see a picture, and how it is sent."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from kneecare.media import names, renditions
from kneecare.publishing.publish import publish, take_down
from tests.factories import make_clinician, make_draft, make_image_block, make_upload

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_any_database("files")]


@pytest.fixture
def draft():
    article = make_draft()
    make_image_block(article)
    return article


@pytest.fixture
def article(draft):
    publish(draft, by=None)
    return draft


def frozen(article):
    return article.articles_imageblock_set.get().snapshot()


def first_url(article):
    return names.url(names.first(frozen(article)["name"]))


def status(client, url):
    return client.get(url).status_code


def every_address(html):
    """Every address of a picture in the page."""
    return set(re.findall(r"/media/[^\s\",]+", html))


def test_a_visitor_sees_what_a_published_article_shows(client, article):
    page = client.get(article.get_absolute_url()).text

    found = every_address(page)

    assert len(found) == 7
    for address in found:
        response = client.get(address)
        assert response.status_code == 200, address
        assert response.content[:4] == b"RIFF"


def test_a_rendition_that_is_not_drawn_yet_is_stood_in_for_by_the_first(
    client, article, monkeypatch
):
    monkeypatch.setattr(renditions, "BUDGET", 600)
    url = names.url(names.whole(frozen(article)["name"], 1000, "avif"))
    before = client.get(url)
    page = client.get(article.get_absolute_url()).content

    renditions.draw_due()

    after = client.get(url)
    assert before["Content-Type"] == "image/webp"
    assert after["Content-Type"] == "image/avif"
    assert after.content[4:12] == b"ftypavif"
    assert before["ETag"] != after["ETag"]
    assert client.get(article.get_absolute_url()).content == page


class TestWhatIsNotPublished:
    def test_a_draft_shows_no_picture(self, client, draft):
        response = client.get(first_url(draft))

        assert response.status_code == 404
        assert response["Cache-Control"] == "private, no-store"
        assert not response.cookies

    def test_a_picture_that_was_added_since_shows_only_once_it_is_published(
        self, client, article
    ):
        block = make_image_block(article, ordering=30)
        url = block.image.url
        assert status(client, url) == 404

        publish(article, by=None)

        assert status(client, url) == 200

    def test_a_picture_that_the_next_version_drops_shows_no_more(self, client, article):
        url = first_url(article)
        article.articles_imageblock_set.all().delete()
        assert status(client, url) == 200

        publish(article, by=None)

        assert status(client, url) == 404

    def test_an_article_for_later_shows_no_picture_before_its_time(
        self, client, article
    ):
        later = timezone.now() + timedelta(hours=1)
        Article.objects.update(published_at=later)
        url = first_url(article)
        assert status(client, url) == 404

        with time_machine.travel(later + timedelta(seconds=1)):
            assert status(client, url) == 200

    def test_a_copy_of_an_unpublished_article_s_picture_is_not_confirmed(
        self, client, article
    ):
        url = first_url(article)
        kept = client.get(url)
        assert kept["Cache-Control"] == "public, no-cache"

        take_down(article, by=None)

        again = client.get(url, headers={"if-none-match": kept["ETag"]})
        assert again.status_code == 404

    def test_a_person_who_is_not_shown_has_no_portrait(self, client):
        person = make_clinician(portrait=make_upload(), is_shown=False)
        url = person.portrait.square["webp"]
        assert status(client, url) == 404

        type(person).objects.update(is_shown=True)

        assert status(client, url) == 200

    def test_a_rendition_is_no_way_to_another_picture(self, client, article, draft):
        other = make_image_block(make_draft())

        assert status(client, other.image.url) == 404


class TestStaff:
    @pytest.mark.parametrize(
        ("group", "expected"),
        [("Editors", 200), ("Clinicians", 200), ("Front desk", 404), (None, 404)],
    )
    def test_who_works_with_content_sees_drafts(
        self, client, draft, django_user_model, group, expected
    ):
        user = django_user_model.objects.create_user("staff", is_staff=True)
        if group:
            user.groups.add(Group.objects.get(name=group))
        client.force_login(user)

        response = client.get(first_url(draft))

        assert response.status_code == expected
        assert response["Cache-Control"] == "private, no-store"

    def test_the_preview_shows_its_pictures_to_who_has_nothing_but_the_page(
        self, staff_client, client, draft
    ):
        page = staff_client.get(reverse("articles:preview", args=[draft.slug])).text
        found = every_address(page)
        staff_client.logout()

        assert len(found) == 6
        assert {status(client, address) for address in found} == {200}

    def test_a_key_opens_one_picture_for_an_hour(self, client, draft):
        name = frozen(draft)["name"]
        other = make_image_block(draft, ordering=30)
        key = names.make_key(name)
        url = names.url(names.first(name), key)

        assert status(client, url) == 200
        assert status(client, f"{other.image.url}?key={key}") == 404
        assert status(client, url[:-1]) == 404
        with time_machine.travel(timezone.now() + timedelta(minutes=61)):
            assert status(client, url) == 404


@pytest.mark.parametrize(
    "path",
    [
        "{stem}.webp",
        "{stem}/",
        "{stem}/first.webp/",
        "{stem}/../../masters/{stem}.webp",
        "{stem}/%2e%2e/x.webp",
        "{stem}/first.jpg",
        "{stem}/first.webp%0d%0aX-Injected:1",
        "../masters/{stem}.webp",
        "..%2f..%2fdb.sqlite3",
        "/etc/passwd",
        "pictures/0123456789abcdef0123456789abcdef/first.webp",
        "masters/{stem}.webp",
        "x" * 3000,
    ],
)
def test_the_master_and_all_other_files_have_no_address(client, article, path):
    stem = names.stem(frozen(article)["name"])

    assert status(client, "/media/" + path.format(stem=stem)) == 404


class TestTheResponse:
    def test_its_headers_are_ours(self, client, article):
        response = client.get(first_url(article), headers={"accept-encoding": "gzip"})

        assert response["Content-Type"] == "image/webp"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert re.fullmatch(
            r'inline; filename="[0-9a-f]{32}-first\.webp"',
            response["Content-Disposition"],
        )
        assert "Content-Encoding" not in response
        assert "Cookie" not in response.get("Vary", "")
        assert not response.cookies

    def test_who_has_it_is_not_sent_it_again(self, client, article, monkeypatch):
        url = first_url(article)
        tag = client.get(url)["ETag"]
        monkeypatch.setattr(default_storage, "open", None)

        response = client.get(url, headers={"if-none-match": tag})

        assert response.status_code == 304
        assert response["Cache-Control"] == "public, no-cache"

    def test_it_costs_one_query(self, client, article, django_assert_num_queries):
        url = first_url(article)

        with django_assert_num_queries(1):
            client.get(url)

    def test_head_says_what_get_would_send(self, client, article):
        url = first_url(article)
        whole, head = client.get(url), client.head(url)

        assert head.content == b""
        assert head["Content-Length"] == str(len(whole.content))
        assert head["ETag"] == whole["ETag"]
        assert client.post(url).status_code == 405

    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            ("bytes=0-3", b"RIFF"),
            ("bytes=8-11", b"WEBP"),
            ("bytes=-4", None),
            ("bytes=8-", None),
            ("bytes=0-999999999", None),
        ],
    )
    def test_a_part_is_sent_to_who_asks_for_one(self, client, article, asked, expected):
        url = first_url(article)
        whole = client.get(url).content
        start, _, end = asked.removeprefix("bytes=").partition("-")
        wanted = (
            whole[int(start) : int(end) + 1 if end else None] if start else whole[-4:]
        )

        part = client.get(url, headers={"range": asked})

        assert part.status_code == 206
        assert part.content == wanted == (expected or wanted)
        assert part["Content-Range"].endswith(f"/{len(whole)}")
        assert part["Content-Length"] == str(len(wanted))

    @pytest.mark.parametrize(
        "asked", ["bytes=5-2", "bytes=-", "bytes=a-b", "lines=1-2", "bytes=0-1,4-5"]
    )
    def test_a_range_that_makes_no_sense_is_answered_whole(
        self, client, article, asked
    ):
        assert (
            client.get(first_url(article), headers={"range": asked}).status_code == 200
        )

    @pytest.mark.parametrize("asked", ["bytes=999999999-", "bytes=-0"])
    def test_a_range_past_the_end_is_refused(self, client, article, asked):
        assert (
            client.get(first_url(article), headers={"range": asked}).status_code == 416
        )

    def test_a_part_of_another_version_is_not_mixed_in(self, client, article):
        headers = {"range": "bytes=0-3", "if-range": '"another"'}

        assert client.get(first_url(article), headers=headers).status_code == 200

    def test_a_file_that_is_gone_is_a_404(self, client, article):
        default_storage.delete(names.first(frozen(article)["name"]))

        assert status(client, first_url(article)) == 404
