"""What to read next: what staff chose first, then what shares topics."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article
from kneecare.publishing.publish import publish, take_down
from tests.factories import make_article, make_draft, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def topics():
    return [make_topic(), make_topic(), make_topic()]


def about(*topics, days_ago=1, **fields):
    published_at = timezone.now() - timedelta(days=days_ago)
    return make_article(published_at=published_at, topics=topics, **fields)


def choose(article, *others):
    """As staff do it: choose, then publish."""
    article.related.add(*others)
    publish(article, by=None)


def related(article):
    """The titles under ``article``, in order."""
    found = Article.objects.published().with_page().get(pk=article.pk)
    return [row["title"] for row in found.related_rows]


def test_related_are_those_that_share_the_most_topics_then_the_newest(topics):
    article = about(*topics)
    about(topics[0], title="One, new", days_ago=1)
    about(topics[0], title="One, old", days_ago=9)
    about(*topics, title="Three, old", days_ago=8)
    about(*topics[:2], title="Two, oldest", days_ago=20)

    assert related(article) == ["Three, old", "Two, oldest", "One, new"]


def test_related_start_with_what_staff_chose_and_are_filled_up_to_three(topics):
    article = about(*topics)
    about(*topics, title="Alike A", days_ago=2)
    about(*topics, title="Alike B", days_ago=3)
    about(*topics, title="Alike C", days_ago=4)
    choose(article, about(title="Chosen", days_ago=99))

    assert related(article) == ["Chosen", "Alike A", "Alike B"]


def test_related_name_an_article_once_that_is_both_chosen_and_alike(topics):
    article = about(*topics)
    choose(article, about(*topics, title="Both"))

    assert related(article) == ["Both"]


def test_related_show_all_that_staff_chose_and_then_nothing_else(topics):
    article = about(*topics)
    about(*topics, title="Alike")
    choose(article, *[about(title=f"Chosen {n}") for n in range(4)])

    assert related(article) == [f"Chosen {n}" for n in range(4)]


def test_related_are_never_the_article_itself_nor_what_nobody_may_read(topics):
    article = about(*topics)
    draft = make_draft(title="Draft", topics=topics)
    down = about(*topics, title="Taken down")
    take_down(down, by=None)
    later = about(*topics, title="Later", days_ago=-1)
    choose(article, article, draft, later)

    assert related(article) == []


def test_related_are_named_as_they_were_published(topics):
    article = about(*topics)
    about(*topics, title="As published")
    Article.objects.exclude(pk=article.pk).update(title="Half-made")

    assert related(article) == ["As published"]


def test_an_article_without_topics_has_nothing_alike():
    article = about()
    about()

    assert related(article) == []


@pytest.mark.parametrize("others", [1, 30])
def test_related_cost_no_query_of_their_own(topics, django_assert_num_queries, others):
    article = about(*topics)
    for _ in range(others):
        about(*topics)

    with django_assert_num_queries(1):
        names = related(article)

    assert len(names) == min(others, 3)


def test_the_page_shows_the_related_in_their_order(client, topics):
    article = about(*topics)
    about(topics[0], title="Second")
    about(*topics, title="First")

    html = client.get(article.get_absolute_url()).text

    under = html.split("You might also like")[1]
    assert under.index("First") < under.index("Second")
    assert under.count('class="card card--article"') == 2
