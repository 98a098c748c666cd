"""Versions compared, and brought back."""

import pytest

from articles.diff import compare
from articles.models import (
    BLOCKS,
    Article,
    ArticleVersion,
    CalloutBlock,
    ExerciseBlock,
    ImageBlock,
    PendingReview,
    TextBlock,
)
from exercises.models import Dose, Exercise
from kneecare.media.renditions import masters
from kneecare.publishing.diff import Formatted, plain, runs, shape
from kneecare.publishing.publish import publish, save_revision
from kneecare.publishing.restore import restore
from tests.articles.everything import make_full_article, publish_moves
from tests.factories import make_article, make_clinic, make_draft, make_topic

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.same_on_any_database(
        "pages of the history, whose rows test_versions asks on both"
    ),
]
HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">'


def history_url(article):
    return f"/admin/articles/article/{article.pk}/history/"


def compare_url(article, old, new="now"):
    return f"/admin/articles/article/{article.pk}/compare/?old={old.pk}&new={new}"


def restore_url(version):
    return f"/admin/articles/article/{version.page_id}/versions/{version.pk}/restore/"


def add_text(article, ordering, html):
    return TextBlock.objects.create(
        parent=article, region="main", ordering=ordering, html=html
    )


def changes(article, old):
    """The kind of change of each part from ``old`` to the working copy."""
    parts = compare(old, ArticleVersion.of(article)).parts
    return [(part["change"], part["moved"]) for part in parts]


class TestCompare:
    def test_words_are_compared_one_by_one(self):
        assert runs("Bend both knees slowly", "Bend your knees slowly") == [
            {"op": "same", "text": "Bend "},
            {"op": "removed", "text": "both"},
            {"op": "added", "text": "your"},
            {"op": "same", "text": " knees slowly"},
        ]

    def test_formatted_text_is_read_as_lines_and_shows_where_links_lead(self):
        html = '<h2>Up</h2><p>See <a href="/x/" rel="nofollow">here</a>.</p><ul><li><p>One</p></li></ul>'

        assert plain(Formatted(html)) == "Up\nSee here (/x/).\n• One"

    def test_what_the_editor_program_adds_by_itself_is_no_change(self):
        ours = Formatted("<p>One</p>\n<ul>\n  <li>Two</li>\n</ul>")
        saved = Formatted("<p>One</p><ul><li><p>Two</p></li></ul>")

        assert shape(ours) == shape(saved)

    def test_parts_are_known_again_when_they_are_edited_moved_added_and_removed(self):
        article = make_draft(html="<p>Alpha</p>")
        source = ("same", False)
        beta, gamma, _ = [
            add_text(article, place, f"<p>{place}</p>") for place in [20, 30, 40]
        ]
        old = publish(article, by=None)
        assert changes(article, old) == [("same", False)] * 4 + [source]

        TextBlock.objects.filter(html="<p>Alpha</p>").update(ordering=99)
        TextBlock.objects.filter(pk=gamma.pk).update(html="<p>Thirty</p>")
        beta.delete()
        add_text(article, 50, "<p>New</p>")

        assert changes(article, old) == [
            ("changed", False),
            ("same", False),
            ("added", False),
            ("same", True),
            ("removed", False),
            source,
        ]

    def test_a_dose_that_changed_since_is_shown(self):
        make_clinic()
        article = make_full_article()
        Dose.objects.update(sets=7)
        publish_moves()

        rows = [
            row
            for part in compare(article.live_version, ArticleVersion.of(article)).parts
            for row in part["rows"]
        ]

        words = [run["text"] for row in rows for run in row["runs"]]
        assert {row["label"] for row in rows} == {"As patients read it"}
        assert words.count("7") == 2

    def test_fields_are_named_as_editors_know_them_and_people_by_name(self):
        article = make_article(title="Old", topics=[make_topic(title="Hips")])
        Article.objects.update(title="New")
        article.topics.set([])

        fields = compare(article.live_version, ArticleVersion.of(article)).rows

        assert [
            (row["label"], [run["text"] for run in row["runs"]]) for row in fields
        ] == [("Title", ["Old", "New"]), ("Topics", ["Hips"])]

    def test_the_page_says_added_and_removed_in_words_and_not_by_colour_alone(
        self, staff_client
    ):
        article = make_article(html="<p>Old words.</p>")
        TextBlock.objects.update(html="<p>New words.</p>")

        html = staff_client.get(compare_url(article, article.live_version)).text

        assert '<ins><span class="visually-hidden">[added: </span>New' in html
        assert '<del><span class="visually-hidden">[removed: </span>Old' in html
        assert "Text: changed" in html

    def test_hostile_words_come_out_inert(self, staff_client):
        article = make_article(title=f"A {HOSTILE}", html=f"<p>Kept.</p>{HOSTILE}")
        CalloutBlock.objects.create(
            parent=article, region="main", ordering=20, title=HOSTILE, html=HOSTILE
        )
        version = save_revision(article, by=None, note=HOSTILE)

        pages = [
            compare_url(article, article.live_version, version.pk),
            history_url(article),
            f"/admin/articles/article/{article.pk}/plan/",
            f"/admin/articles/article/{article.pk}/links/",
            f"/admin/articles/article/{article.pk}/versions/{version.pk}/",
        ]

        for page in pages:
            html = staff_client.get(page).text
            assert "<script>alert" not in html
            assert "<img src=x" not in html
        assert "&lt;script&gt;" in staff_client.get(pages[0]).text

    @pytest.mark.parametrize(
        "query",
        ["", "?old=now", "?old=x&new=now", "?old=999&new=now", "?old=²&new=now"],
    )
    def test_a_version_that_is_not_there_is_a_404(self, staff_client, query):
        article = make_article()

        url = f"/admin/articles/article/{article.pk}/compare/{query}"

        assert staff_client.get(url).status_code == 404

    def test_a_version_of_another_article_is_a_404(self, staff_client):
        article, other = make_article(), make_article()

        assert (
            staff_client.get(compare_url(article, other.live_version)).status_code
            == 404
        )
        look = f"/admin/articles/article/{article.pk}/versions/{other.live_version.pk}/"
        assert staff_client.get(look).status_code == 404
        assert staff_client.post(f"{look}restore/").status_code == 404


class TestHistory:
    def test_it_lists_who_made_which_version_when_and_with_what_note(
        self, staff_client, staff, django_user_model
    ):
        ada = django_user_model.objects.create(first_name="Ada", last_name="Byron")
        article = make_article()
        publish(article, by=ada, note="Clearer steps.")

        html = staff_client.get(history_url(article)).text

        for words in ["Version 1", "Version 2", "by Ada Byron", "Clearer steps."]:
            assert words in html
        assert html.count("Patients read this.") == 1

    def test_it_costs_the_same_however_many_versions_there_are(
        self, staff_client, django_assert_max_num_queries
    ):
        article = make_article()
        for _ in range(5):
            publish(article, by=None)

        with django_assert_max_num_queries(16):
            staff_client.get(history_url(article))

    @pytest.mark.parametrize("key", ["999", "x", "9" * 30])
    def test_the_history_of_nothing_is_a_404(self, staff_client, key):
        response = staff_client.get(f"/admin/articles/article/{key}/history/")

        assert response.status_code in [400, 404]

    def test_a_version_can_be_looked_at_by_staff_alone(self, staff_client):
        article = make_article(title="First")
        first = article.live_version
        Article.objects.update(title="Second")
        publish(article, by=None)
        url = f"/admin/articles/article/{article.pk}/versions/{first.pk}/"

        assert "<h1>First</h1>" in staff_client.get(url).text
        staff_client.logout()
        assert staff_client.get(url).status_code == 302


@pytest.mark.parametrize(
    "page", ["history/", "compare/", "plan/", "links/", "versions/{}/"]
)
def test_the_pages_of_an_article_are_for_who_may_see_articles(
    client, django_user_model, page
):
    article = make_article()
    url = f"/admin/articles/article/{article.pk}/{page.format(article.live_version_id)}"

    assert client.get(url).status_code == 302
    client.force_login(django_user_model.objects.create_user("x", is_staff=True))
    assert client.get(url).status_code == 403


class TestRestore:
    @pytest.fixture
    def article(self):
        make_clinic()
        return make_full_article()

    def test_blocks_pictures_topics_and_review_come_back_and_can_be_published(
        self, client, article
    ):
        first, address = article.live_version, article.get_absolute_url()
        before = client.get(address).text
        topics = list(article.topics.all())
        for model in BLOCKS:
            model.objects.all().delete()
        Article.objects.filter(pk=article.pk).update(title="Gone")
        PendingReview.objects.say(article, by=None)
        article.topics.set([])
        publish(article, by=None)
        assert ImageBlock.objects.count() == 0

        assert restore(first, by=None) == []

        assert masters().exists(ImageBlock.objects.get().image.name)
        assert list(article.topics.all()) == topics
        publish(article, by=None)
        after = client.get(address).text
        assert after.partition("<body")[2] == before.partition("<body")[2]
        live = Article.objects.get(pk=article.pk).live_version
        assert live.source == first.source

    def test_patients_read_what_they_read_before(self, client, article):
        first = article.live_version
        TextBlock.objects.update(html="<p>Second.</p>")
        publish(article, by=None)
        before = client.get(article.get_absolute_url()).content

        restore(first, by=None)

        assert client.get(article.get_absolute_url()).content == before

    def test_what_was_in_the_working_copy_is_kept(self, article):
        TextBlock.objects.update(html="<p>Never published.</p>")

        restore(article.live_version, by=None)

        kept = article.versions.filter(number=None).order_by("pk").first()
        assert "Never published." in str(kept.blocks)
        restore(kept, by=None)
        text = TextBlock.objects.get(parent=article)
        assert text.html == "<p>Never published.</p>"

    def test_a_comparison_knows_the_parts_again(self, article):
        first = article.live_version
        for model in BLOCKS:
            model.objects.all().delete()

        restore(first, by=None)

        assert set(changes(article, first)) == {("same", False)}

    def test_what_no_longer_exists_is_left_out_and_named(self, article, staff_client):
        first = article.live_version
        ExerciseBlock.objects.all().delete()
        gone = Exercise.objects.filter(article_versions=first)
        gone.update(published_at=None, live_version=None)
        gone.delete()

        response = staff_client.post(restore_url(first), follow=True)

        assert "Left out, as it no longer exists: exercise or routine." in response.text
        assert ExerciseBlock.objects.get().routine is not None

    def test_the_admin_brings_a_version_back_on_a_post_only(
        self, staff_client, staff, article
    ):
        Article.objects.filter(pk=article.pk).update(title="Changed")

        assert staff_client.get(restore_url(article.live_version)).status_code == 405
        response = staff_client.post(restore_url(article.live_version), follow=True)

        assert "The working copy is version 1 again." in response.text
        restored = Article.objects.get(pk=article.pk)
        assert (restored.title, restored.saved_by) == ("Full article", staff)
        assert restored.events.first().action == "restored"

    def test_only_who_may_change_articles_may(self, client, django_user_model, article):
        client.force_login(django_user_model.objects.create_user("x", is_staff=True))

        assert client.post(restore_url(article.live_version)).status_code == 403

    def test_a_version_from_before_says_that_it_cannot_be_brought_back(
        self, staff_client, article
    ):
        # As an upgrade of an older site leaves it.
        old = ArticleVersion.objects.get(pk=article.live_version_id)
        old.pk, old.number, old.source, old._state.adding = None, 9, {}, True
        old.save()

        response = staff_client.post(restore_url(old), follow=True)

        assert "from before versions could be brought back" in response.text
        assert staff_client.get(compare_url(article, old)).status_code == 200
