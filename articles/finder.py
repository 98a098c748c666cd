"""What the knee finder shows: topics, each with the articles that are most about it, and the routine to start with."""

from django.db.models import Count, OuterRef, Prefetch, Subquery

from articles.models import ArticleVersion, Topic
from exercises.models import Routine
from exercises.rendering.content import shown_routines

ARTICLES = 2  # of each topic


def topics_for_finder():
    """Topics in use, with ``shown_articles`` and ``shown_routine`` as a visitor may see them; constant queries."""
    articles = Prefetch("versions", _narrowest_first(), to_attr="shown_articles")
    routine = Prefetch("routine", Routine.objects.published(), to_attr="routine_row")
    topics = list(Topic.objects.in_use().prefetch_related(articles, routine))
    with_routine = [topic for topic in topics if topic.routine_row]
    shown = shown_routines([topic.routine_row.shown for topic in with_routine])
    for topic in topics:
        topic.shown_routine = None
    for topic, each in zip(with_routine, shown, strict=True):
        topic.shown_routine = each
    return topics


def _narrowest_first():
    """What is about one topic before what is about many, then the newest."""
    topics = Topic.objects.filter(versions=OuterRef("pk")).order_by()
    number = topics.values("versions").annotate(number=Count("pk"))
    live = ArticleVersion.objects.published().select_related("page")
    live = live.defer("data", "source")  # the whole text, of which nothing is shown
    narrowest = Subquery(number.values("number"))
    return live.order_by(narrowest, "-page__published_at", "-pk")[:ARTICLES]
