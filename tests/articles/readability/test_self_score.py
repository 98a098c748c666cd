import pytest
from django.urls import reverse

from articles.models import SelfScore, TextBlock
from articles.readability import self_score
from articles.readability.self_score import INSTRUMENTS
from kneecare.publishing.publish import publish
from tests.factories import make_draft

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_any_database("arithmetic")]


def answers(kind, **changes):
    """Yes to every item but for ``changes``, such as ``item_3="no"``."""
    said = {f"item_{item.number}": "yes" for item in INSTRUMENTS[kind].items}
    return said | changes


def score_url(article, kind):
    return reverse("admin:articles_article_self_score", args=[article.pk, kind])


def version_url(version):
    return reverse("admin:articles_articleversion_change", args=[version.pk])


@pytest.mark.parametrize(("kind", "count"), [("pemat", 24), ("index", 20)])
def test_the_instruments_have_as_many_items_as_the_real_ones(kind, count):
    assert len(INSTRUMENTS[kind].items) == count


def test_pemat_scores_two_parts_and_leaves_out_what_does_not_apply(staff_client, staff):
    article = make_draft()
    said = answers("pemat", item_3="no", item_6="n/a", item_20="no", item_24="n/a")

    response = staff_client.post(score_url(article, "pemat"), said, follow=True)

    score = SelfScore.objects.get()
    # 15 of the 16 that apply, and 5 of 6.
    assert score.scores == {"understandability": 94, "actionability": 83}
    assert (score.made_by, score.answers["6"]) == (staff, "n/a")
    assert "understandability 94 % (pass)" in response.text


def test_the_index_passes_at_ninety(staff_client):
    article = make_draft()

    for wrong, words in [(2, "90 % (pass)"), (3, "85 % (below 90 %)")]:
        changes = {f"item_{number}": "no" for number in range(1, wrong + 1)}
        response = staff_client.post(
            score_url(article, "index"), answers("index", **changes), follow=True
        )
        assert words in response.text


@pytest.mark.parametrize(
    "changes", [{"item_1": ""}, {"item_1": "n/a"}, {"item_1": "<script>"}]
)
def test_an_item_without_a_fair_answer_comes_back_with_all_others(
    staff_client, changes
):
    response = staff_client.post(
        score_url(make_draft(), "pemat"), answers("pemat", **changes)
    )

    assert not SelfScore.objects.exists()
    assert "Answer each item." in response.text
    assert response.text.count("checked") == 23
    assert "<script>" not in response.text.split("self-score")[1].split("</form>")[0]


def test_a_score_is_kept_with_the_version_that_its_text_became(staff_client):
    article = make_draft()
    said = {str(item.number): "yes" for item in INSTRUMENTS["index"].items}
    self_score.keep_score(article, "index", said, by=None)

    first = publish(article, by=None)
    second = publish(article, by=None)

    assert SelfScore.objects.get().version == first
    assert "clear communication 100 %" in staff_client.get(version_url(first)).text
    assert "clear communication" not in staff_client.get(version_url(second)).text


def test_a_score_of_other_words_is_not_kept_with_the_version(staff_client):
    article = make_draft()
    said = {str(item.number): "yes" for item in INSTRUMENTS["index"].items}
    self_score.keep_score(article, "index", said, by=None)
    TextBlock.objects.update(html="<p>Other words.</p>")

    publish(article, by=None)

    assert SelfScore.objects.get().version is None
    page = staff_client.get(
        reverse("admin:articles_article_reading", args=[article.pk])
    ).text
    assert "The text has changed since" in page
