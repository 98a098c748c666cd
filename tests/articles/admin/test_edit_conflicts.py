"""Two editors in one article: the second to save is told who saved when, and nothing of either is lost."""

import re
from urllib.parse import urljoin

import pytest

from articles.models import Article, CalloutBlock, ImageBlock, TextBlock
from tests.admin_forms import filled
from tests.articles.admin.test_article import change_url, form_of
from tests.articles.everything import picture
from tests.factories import make_clinic, make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    make_clinic(time_zone="America/Phoenix")
    return make_draft(title="As it was", html="<p>As it was.</p>")


def opened(client, article):
    """What the hidden field of the form says that was opened."""
    html = client.get(change_url(article)).text
    return re.search(r'name="seen" value="(\d+)"', html)[1]


TEXT = "articles_textblock_set-0-html"


def both(article, ada, bob, **of_bob):
    """Both open the article; Ada saves, then Bob. Bob's form, and the answer to it."""
    seen = [opened(each, article) for each in [ada, bob]]
    adas = form_of(article, seen=seen[0], title="Ada's", **{TEXT: "<p>Ada's.</p>"})
    assert ada.post(change_url(article), adas).status_code == 302
    bobs = form_of(article, seen=seen[1], title="Bob's", **{TEXT: "<p>Bob's.</p>"})
    bobs |= of_bob
    return bobs, bob.post(change_url(article), bobs)


def overwrite(article, bob, form, answer):
    told = re.search(r'name="_overwrite" value="(\d+)"', answer.text)[1]
    return bob.post(change_url(article), {**form, "_overwrite": told}, follow=True)


def test_the_second_to_save_is_told_who_saved_when_and_keeps_every_word(
    article, ada, bob
):
    _, answer = both(article, ada, bob)

    assert answer.status_code == 200
    assert re.search(
        r"Ada Byron saved this article on \w+, \w+ \d+, \d{4} at \d+:\d\d [AP]M MST",
        answer.text,
    )
    assert 'value="Bob&#x27;s"' in answer.text
    assert "Bob&#x27;s.&lt;/p&gt;" in answer.text
    assert (Article.objects.get().title, TextBlock.objects.get().html) == (
        "Ada's",
        "<p>Ada's.</p>",
    )


def test_the_second_sees_what_the_first_one_changed(article, ada, bob):
    # Ada has saved once already, so that there is a version of what both open.
    ada.post(change_url(article), form_of(article, seen=opened(ada, article)))
    _, answer = both(article, ada, bob)

    link = re.search(r'href="([^"]+/compare/[^"]+)" target="_blank"', answer.text)[1]
    html = bob.get(urljoin(change_url(article), link.replace("&amp;", "&"))).text

    assert re.search(r"<ins><span[^>]*>\[added: </span>Ada", html)
    assert "Bob" not in html.partition('id="content-main"')[2]


def test_save_mine_anyway_saves_it_and_keeps_the_other_in_the_history(
    article, ada, bob
):
    form, answer = both(article, ada, bob)

    response = overwrite(article, bob, form, answer)

    assert "Yours is saved." in response.text
    assert TextBlock.objects.get().html == "<p>Bob's.</p>"
    kept = article.versions.get(title="Ada's")
    assert (kept.made_by_name, kept.blocks[0]["html"]) == (
        "Ada Byron",
        "<p>Ada's.</p>",
    )


def test_a_third_save_in_between_is_told_of_again(article, ada, bob):
    form, answer = both(article, ada, bob)
    again = form_of(article, seen=opened(ada, article), title="Ada's second")
    ada.post(change_url(article), again)

    response = overwrite(article, bob, form, answer)

    assert "Ada Byron saved this article" in response.text
    assert Article.objects.get().title == "Ada's second"


def test_a_block_that_the_other_deleted_is_kept_in_the_form_with_its_picture(
    article, ada, bob
):
    image = ImageBlock.objects.create(
        parent=article, region="main", ordering=20, image=picture(), alt="A knee"
    )
    prefix = "articles_imageblock_set"
    held = {
        f"{prefix}-TOTAL_FORMS": 1,
        f"{prefix}-INITIAL_FORMS": 1,
        f"{prefix}-0-id": image.pk,
        f"{prefix}-0-parent": article.pk,
        f"{prefix}-0-region": "main",
        f"{prefix}-0-ordering": 20,
        f"{prefix}-0-alt": "Bob's words",
        f"{prefix}-0-focus_x": 50,
        f"{prefix}-0-focus_y": 50,
    }
    # Saved once, so that the history knows the picture.
    ada.post(
        change_url(article),
        form_of(article, seen=opened(ada, article), title="Saved", **held),
    )
    seen = opened(bob, article)
    deletes = form_of(article, seen=seen, **held, **{f"{prefix}-0-DELETE": "on"})
    ada.post(change_url(article), deletes)
    assert not ImageBlock.objects.exists()
    bobs = form_of(article, seen=seen, **held)

    answer = bob.post(change_url(article), bobs)

    assert "Bob&#x27;s words" in answer.text
    assert "Select a valid choice" not in answer.text
    assert not ImageBlock.objects.exists()
    overwrite(article, bob, bobs, answer)
    saved = ImageBlock.objects.get()
    assert (saved.pk, saved.alt, saved.image.name) == (
        image.pk,
        "Bob's words",
        image.image.name,
    )


def test_save_mine_anyway_saves_what_the_form_shows_and_no_block_of_the_other(
    article, ada, bob
):
    seen = opened(bob, article)
    prefix = "articles_calloutblock_set"
    added = {
        f"{prefix}-TOTAL_FORMS": 1,
        f"{prefix}-0-parent": article.pk,
        f"{prefix}-0-region": "main",
        f"{prefix}-0-ordering": 20,
        f"{prefix}-0-tone": "tip",
        f"{prefix}-0-title": "Ada's callout",
        f"{prefix}-0-html": "<p>Hers.</p>",
    }
    ada.post(change_url(article), form_of(article, seen=seen, **added))
    assert CalloutBlock.objects.count() == 1
    bobs = form_of(article, seen=seen)
    answer = bob.post(change_url(article), bobs)

    overwrite(article, bob, bobs, answer)

    assert not CalloutBlock.objects.exists()
    titles = [
        block["title"]
        for version in article.versions.all()
        for block in version.blocks
        if block["type"] == "callout"
    ]
    assert titles == ["Ada's callout"]


def test_one_editor_alone_is_never_stopped(article, ada):
    for number in range(3):
        form = form_of(article, seen=opened(ada, article), title=f"Title {number}")
        assert ada.post(change_url(article), form).status_code == 302

    assert Article.objects.get().title == "Title 2"


def test_a_save_that_changes_nothing_stops_nobody(article, ada, bob):
    ada.post(change_url(article), form_of(article, seen=opened(ada, article)))
    seen = opened(bob, article)
    ada.post(change_url(article), form_of(article, seen=seen))

    bobs = form_of(article, seen=seen, title="Bob's")

    assert bob.post(change_url(article), bobs).status_code == 302


def test_publishing_does_not_stop_who_has_the_form_open(article, ada, bob):
    ada.post(change_url(article), form_of(article, seen=opened(ada, article)))
    seen = opened(bob, article)
    published = ada.post(
        change_url(article), form_of(article, seen=seen, _publish="1"), follow=True
    )
    assert "published as version 1." in published.text

    bobs = form_of(article, seen=seen, title="Bob's")

    assert bob.post(change_url(article), bobs).status_code == 302


def test_what_is_typed_in_an_article_that_another_deletes_becomes_a_new_one(
    article, ada, bob
):
    typed = {"title": "Bob's", TEXT: "<p>Bob's.</p>"}
    bobs = filled(bob.get(change_url(article))) | typed
    ada.post(change_url(article).replace("/change/", "/delete/"), {"post": "yes"})
    assert not Article.objects.exists()

    answer = bob.post(change_url(article), bobs)

    assert "Ada Byron deleted this article while you had it open." in answer.text
    assert "Please correct" not in answer.text
    assert not Article.objects.exists()
    [add_url] = re.findall(r'<form [^>]*action="([^"]+/add/)"', answer.text)
    assert bob.post(add_url, filled(answer)).status_code == 302
    assert Article.objects.get().title == "Bob's"
    assert TextBlock.objects.get().html == "<p>Bob's.</p>"
