"""The check list as editors meet it: beside the button, with the way to each field."""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from articles.models import Article, ArticleVersion, ExternalLink, PlainWord, TextBlock
from kneecare.publishing.reviews.signatures import sign
from tests.admin_forms import ticked
from tests.articles.admin.test_article import change_url, form_of
from tests.factories import make_account, make_article, make_clinician, make_draft

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.same_on_any_database("pages as they are drawn"),
]
SCRIPT = "<script>alert(1)</script>"
LIST = reverse("admin:articles_article_changelist")


@pytest.fixture
def editor(client, django_user_model):
    user = django_user_model.objects.create_user("eddie", is_staff=True)
    user.groups.add(Group.objects.get(name="Editors"))
    client.force_login(user)
    return user


def check_list(client, article):
    """``{text: address}`` of the findings on the article's page."""
    html = client.get(change_url(article)).text
    panel = html.split('id="publish-check"')[1].split("</section>")[0]
    links = re.findall(r'<li><a href="([^"]*)">(.*?)</a></li>', panel)
    return {text: address for address, text in links}


def test_publish_is_stopped_by_an_error_until_it_is_mended(staff_client):
    article = make_draft(referenced=False)
    response = staff_client.post(
        change_url(article), form_of(article, _publish="1"), follow=True
    )
    assert "1 thing to mend first" in response.text
    assert not Article.objects.published().exists()

    reference = {
        "references-TOTAL_FORMS": 1,
        "references-0-title": "A book",
        "references-0-position": 0,
    }
    staff_client.post(change_url(article), form_of(article, _publish="1", **reference))

    assert Article.objects.published().get() == article


def test_a_stopped_publish_keeps_every_word(staff_client):
    article = make_draft(referenced=False)

    staff_client.post(
        change_url(article), form_of(article, title="My new title", _publish="1")
    )

    assert Article.objects.get().title == "My new title"


def test_the_bulk_action_publishes_what_is_ready_and_says_what_is_not(staff_client):
    ready, not_ready = make_draft(), make_draft(referenced=False, title=SCRIPT)
    chosen = ticked(staff_client, ready, not_ready)

    response = staff_client.post(LIST, {"action": "publish_now", **chosen}, follow=True)

    assert list(Article.objects.published()) == [ready]
    assert "1 thing to mend first" in response.text
    assert f"{change_url(not_ready)}#publish-check" in response.text
    assert SCRIPT not in response.text


def test_each_finding_leads_to_its_field(staff_client):
    article = make_draft(
        title="Ow", html="<h3>Down at once</h3>", referenced=False, summary="Short."
    )
    article.pending_reviews.end()
    extra = TextBlock.objects.create(
        parent=article, region="main", ordering=5, html="<p><a href='/no/'>x</a></p>"
    )
    TextBlock.objects.filter(pk=extra.pk).update(html='<p><a href="/no/">x</a></p>')

    response = staff_client.get(change_url(article))
    found = check_list(staff_client, article)

    anchors = {address for address in found.values() if address.startswith("#")}
    assert anchors == {
        "#id_title",
        "#id_summary",
        "#references-group",
        "#id_articles_textblock_set-0-html",
        "#id_articles_textblock_set-1-html",
    }
    assert all(f'id="{anchor[1:]}"' in response.text for anchor in anchors)


def test_save_and_check_tells_anew(staff_client):
    article = make_draft(title="Ow")
    assert any("title" in text for text in check_list(staff_client, article))

    response = staff_client.post(
        change_url(article), form_of(article, title="Sore knees", _check="1")
    )

    assert response.url == f"{change_url(article)}#publish-check"
    assert not any("title" in text for text in check_list(staff_client, article))


def test_an_editor_says_that_the_review_is_pending_and_takes_it_back(client, editor):
    article = make_draft()
    article.pending_reviews.end()
    assert "say that the review is pending" in client.get(change_url(article)).text

    client.post(change_url(article), form_of(article, _pending="1"))
    page = client.get(change_url(article)).text
    assert "eddie said on" in page
    assert article.pending_reviews.open().get().said_by == editor

    client.post(change_url(article), form_of(article, _not_pending="1"))
    assert not article.pending_reviews.open().exists()
    assert article.pending_reviews.filter(said_by=editor).exists()


def test_a_given_review_ends_the_word_that_it_is_pending():
    article, clinician = make_draft(), make_clinician()
    assert article.pending_reviews.open().exists()

    sign(ArticleVersion.of(article).to_sign(), by=make_account(clinician))

    assert not article.pending_reviews.open().exists()


def test_saving_puts_new_links_on_the_workers_list(staff_client):
    article = make_draft()
    html = '<p><a href="https://example.com/a">a</a> <a href="/book/">b</a></p>'

    staff_client.post(
        change_url(article), form_of(article, **{"articles_textblock_set-0-html": html})
    )

    assert [link.url for link in ExternalLink.objects.all()] == [
        "https://example.com/a"
    ]


def test_no_finding_brings_markup_onto_the_page(staff_client):
    article = make_draft(title=f"x{SCRIPT}", summary=SCRIPT, referenced=False)
    TextBlock.objects.update(
        html=f"<h3>{'&lt;script&gt;alert(1)&lt;/script&gt;'}</h3>"
        '<p><a href="/no/&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;">x</a></p>'
    )
    PlainWord.objects.create(word="alert", plainer=SCRIPT)

    for page in [
        change_url(article),
        reverse("admin:articles_article_reading", args=[article.pk]),
        LIST,
    ]:
        assert SCRIPT not in staff_client.get(page).text
    assert len(check_list(staff_client, article)) >= 4


def test_who_may_only_look_is_offered_no_button(client, django_user_model):
    user = django_user_model.objects.create_user("looker", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_article"))
    client.force_login(user)
    article = make_draft()
    article.pending_reviews.end()

    html = client.get(change_url(article)).text

    assert "publish-check" in html
    assert 'name="_check"' not in html
    assert 'name="_pending"' not in html
    assert client.post(change_url(article), {"_pending": "1"}).status_code == 403
    assert not article.pending_reviews.open().exists()


def test_a_new_article_has_no_check_list_yet(staff_client):
    html = staff_client.get(reverse("admin:articles_article_add")).text

    assert 'id="publish-check' not in html


class TestReadingHelp:
    def test_it_marks_long_sentences_and_hard_words_with_plainer_ones(
        self, client, editor
    ):
        PlainWord.objects.create(word="utilize", plainer="use")
        article = make_draft(
            html=f"<p>They utilized it.</p><p>{'One more word ' * 6}here.</p>"
        )

        html = client.get(
            reverse("admin:articles_article_reading", args=[article.pk])
        ).text

        assert '<mark class="readability__hard">utilized</mark>' in html
        assert "plainer: use" in html
        assert "(19 words)" in html
        assert f"{change_url(article)}#id_articles_textblock_set-0-html" in html

    @pytest.mark.parametrize(
        ("group", "status"), [("Editors", 200), ("Front desk", 403)]
    )
    def test_it_opens_for_those_who_see_articles(
        self, client, django_user_model, group, status
    ):
        user = django_user_model.objects.create_user("someone", is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        article = make_draft()

        for name, args in [("reading", []), ("self_score", ["pemat"])]:
            url = reverse(f"admin:articles_article_{name}", args=[article.pk, *args])
            assert client.get(url).status_code == status

    def test_an_address_that_leads_nowhere_is_not_found(self, staff_client):
        article = make_draft()
        for path in [f"{article.pk + 99}/reading/", f"{article.pk}/self-score/none/"]:
            assert staff_client.get(LIST + path).status_code == 404
        assert staff_client.get(f"{LIST}{'9' * 23}/reading/").status_code in [400, 404]


def test_the_word_list_is_the_editors(client, editor):
    add = reverse("admin:articles_plainword_add")
    client.post(add, {"word": "Utilize", "plainer": "use"})
    again = client.post(add, {"word": "utilize", "plainer": "use"})
    empty = client.post(add, {"word": "???", "plainer": "use"})

    assert [row.word for row in PlainWord.objects.all()] == ["Utilize"]
    assert "This word stands in the list already." in again.text
    assert "Give a word made of letters." in empty.text


def test_links_are_asked_again_at_a_word(client, editor):
    link = ExternalLink.objects.create(
        url="https://example.com/", next_attempt_at="2999-01-01T00:00Z"
    )

    client.post(
        reverse("admin:articles_externallink_changelist"),
        {"action": "ask_again", "_selected_action": [link.pk]},
    )

    assert list(ExternalLink.objects.due()) == [link]


def test_a_published_article_keeps_its_page_while_the_next_version_is_stopped(
    staff_client, client
):
    article = make_article(title="Old title")
    article.references.all().delete()

    staff_client.post(
        change_url(article), form_of(article, title="New title", _publish="1")
    )

    assert "Old title" in client.get(article.get_absolute_url()).text
