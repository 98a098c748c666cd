import pytest
from django.urls import reverse

from articles.models import BLOCKS, Article, ArticleVersion, TextBlock
from kneecare.publishing.exceptions import PublishedMeanwhile
from kneecare.publishing.publish import take_down
from tests.admin_forms import seen, ticked
from tests.factories import make_article, make_clinician, make_draft

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.same_on_any_database("pages as they are drawn"),
]
PREFIXES = [f"articles_{block._meta.model_name}_set" for block in BLOCKS]
PREFIXES += ["references"]


def change_url(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def form_of(article, **changes):
    """What the change form of ``article`` posts, with its first text block."""
    data = {
        f"{prefix}-{name}_FORMS": 0
        for prefix in PREFIXES
        for name in ["TOTAL", "INITIAL"]
    }
    block = TextBlock.objects.get(parent=article)
    data |= {
        "articles_textblock_set-TOTAL_FORMS": 1,
        "articles_textblock_set-INITIAL_FORMS": 1,
        "articles_textblock_set-0-id": block.pk,
        "articles_textblock_set-0-parent": article.pk,
        "articles_textblock_set-0-region": "main",
        "articles_textblock_set-0-ordering": 10,
        "articles_textblock_set-0-html": block.html,
        "title": article.title,
        "slug": article.slug,
        "summary": article.summary,
        "language": article.language,
        "author": article.author_id,
        **seen(article),
    }
    return data | changes


def test_saving_changes_the_working_copy_only(staff_client):
    article = make_article(title="Old")

    staff_client.post(change_url(article), form_of(article, title="New"))

    article = Article.objects.published().get()
    assert (article.title, article.live_version.title) == ("New", "Old")


def test_save_and_publish_shows_readers_the_new_version(staff_client, staff):
    article = make_article(title="Old")

    response = staff_client.post(
        change_url(article), form_of(article, title="New", _publish="1"), follow=True
    )

    article = Article.objects.published().get()
    assert (
        article.live_version.title,
        article.live_version.number,
        article.live_version.made_by,
    ) == (
        "New",
        2,
        staff,
    )
    assert "published as version 2." in response.text


def test_save_and_take_down_hides_the_article(staff_client, client):
    article = make_article()

    staff_client.post(change_url(article), form_of(article, _takedown="1"))

    assert client.get(article.get_absolute_url()).status_code == 404


def test_save_and_preview_shows_the_working_copy_to_staff_alone(staff_client):
    article = make_draft(title="Not yet public")

    response = staff_client.post(
        change_url(article), form_of(article, _preview="1"), follow=True
    )

    assert "Not yet public" in response.text
    assert "no-store" in response["Cache-Control"]
    staff_client.logout()
    assert staff_client.get(response.request["PATH_INFO"]).status_code == 302


def test_the_second_to_publish_is_told(staff_client, monkeypatch):
    article = make_article()

    def lose(article, **how):
        raise PublishedMeanwhile

    monkeypatch.setattr("kneecare.publishing.admin.publishing.publish", lose)
    response = staff_client.post(
        change_url(article), form_of(article, _publish="1"), follow=True
    )

    assert "Somebody else published this page just now." in response.text


def test_rich_text_is_cleaned_when_it_is_saved(staff_client):
    article = make_draft()
    hostile = "<p>Kept.</p><script>alert(1)</script>"

    staff_client.post(
        change_url(article),
        form_of(article, **{"articles_textblock_set-0-html": hostile}),
    )

    assert TextBlock.objects.get().html == "<p>Kept.</p>"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "This field is required."),
        ({"summary": "x" * 201}, "at most 200 characters"),
        ({"slug": "not a slug"}, "slug"),
        ({"title": "a\x00b"}, "Null characters are not allowed."),
        ({"review_by": "2026-02-30"}, "Enter a valid date."),
    ],
)
def test_bad_input_comes_back_with_a_message_and_every_word(
    staff_client, changes, message
):
    article = make_draft()

    response = staff_client.post(
        change_url(article), form_of(article, **{"summary": "My words", **changes})
    )

    assert response.status_code == 200
    assert message in response.text
    assert "My words" in response.text or "summary" in changes
    assert Article.objects.get().summary != "My words"


def test_a_number_that_no_column_holds_is_refused(staff_client):
    article = make_draft()

    response = staff_client.post(
        change_url(article), form_of(article, author="9" * 23, title="Not stored")
    )

    # PostgreSQL compares the number and finds no author; SQLite cannot even compare it.
    assert response.status_code in [200, 400]
    assert Article.objects.get().title == article.title
    assert staff_client.get(
        f"/admin/articles/article/{'9' * 23}/change/"
    ).status_code in [302, 400]


def test_a_version_is_never_changed_or_deleted(staff_client):
    version = make_article().live_version

    url = reverse("admin:articles_articleversion_change", args=[version.pk])
    assert staff_client.post(url, {"title": "x"}).status_code == 403
    url = reverse("admin:articles_articleversion_delete", args=[version.pk])
    assert staff_client.post(url, {"post": "yes"}).status_code == 403
    assert list(ArticleVersion.objects.all()) == [version]


def test_a_draft_can_be_deleted_with_what_was_kept_of_it(staff_client):
    article = make_draft()
    staff_client.post(change_url(article), form_of(article, title="Kept"))
    assert article.versions.count() == 1

    url = reverse("admin:articles_article_delete", args=[article.pk])
    staff_client.post(url, {"post": "yes"})

    assert not Article.objects.exists()
    assert not ArticleVersion.objects.exists()


def test_what_was_ever_live_is_not_deleted_and_the_page_says_why(staff_client):
    article = make_article()
    take_down(article, by=None)

    url = reverse("admin:articles_article_delete", args=[article.pk])
    response = staff_client.post(url, {"post": "yes"})

    assert "protected" in response.text
    assert Article.objects.get() == article


def test_the_note_beside_the_button_is_kept_with_the_version(staff_client):
    article = make_draft()

    staff_client.post(
        change_url(article), form_of(article, _publish="1", note=" Clearer. ")
    )

    assert article.versions.get(number=1).note == "Clearer."


def test_actions_publish_and_take_down_many(staff_client):
    drafts = [make_draft(), make_draft()]
    url = reverse("admin:articles_article_changelist")
    chosen = ticked(staff_client, *drafts)

    staff_client.post(url, {"action": "publish_now", **chosen})
    assert Article.objects.published().count() == 2

    staff_client.post(url, {"action": "take_down", **chosen})
    assert Article.objects.published().count() == 0


def test_the_author_is_offered_by_name(staff_client):
    make_clinician(name="Ada Byron")
    url = reverse("admin:autocomplete")
    query = {
        "term": "Ada",
        "app_label": "articles",
        "model_name": "article",
        "field_name": "author",
    }

    assert [row["text"] for row in staff_client.get(url, query).json()["results"]] == [
        "Ada Byron"
    ]
