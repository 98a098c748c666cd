from pathlib import Path

from articles.models import BY_TYPE, Article, PendingReview, PlainWord, Topic
from exercises.models import Exercise, Routine
from kneecare.clinic.models import Clinician, Program
from kneecare.core.first_content import read
from kneecare.publishing.publish import publish

FOLDER = Path(__file__).parent
WORDS = FOLDER.parent / "first_words.toml"


def load():
    """The first topics and articles, published; the main article last, so that it is the newest."""
    for word, plainer in read(WORDS)["words"].items():
        PlainWord.objects.create(word=word, plainer=plainer)
    for topic in read(FOLDER / "topics.toml")["topics"]:
        _create_topic(**topic)
    paths = set(FOLDER.glob("*.toml")) - {FOLDER / "topics.toml"}
    entries = [
        read(path)
        for path in sorted(
            paths, key=lambda path: path.stem == "knee-pain-why-it-matters"
        )
    ]
    articles = [(_create_article(entry), entry) for entry in entries]
    for article, entry in articles:
        article.related.set(Article.objects.filter(slug__in=entry["related"]))
        # The articles link to each other; the whole load is one transaction.
        publish(article, by=None, publish_with=[each for each, _ in articles])


def _create_topic(*, routine=None, **values):
    if routine:
        values["routine"] = Routine.objects.get(slug=routine)
    Topic.objects.create(**values)


def _create_article(entry):
    article = Article.objects.create(
        slug=entry["slug"],
        title=entry["title"],
        summary=entry["summary"],
        author=Clinician.objects.get(slug=entry["author"]),
    )
    # Nobody's review is made up: a clinician gives it in the admin, and the pages say until then that it is pending.
    PendingReview.objects.say(article, by=None)
    for position, reference in enumerate(entry["references"], 1):
        article.references.create(position=position, **reference)
    article.topics.set(Topic.objects.filter(slug__in=entry["topics"]))
    for position, block in enumerate(entry["blocks"]):
        _create_block(article, position, **block)
    return article


def _create_block(article, position, *, type, **values):
    if "exercise" in values:
        values["exercise"] = Exercise.objects.get(slug=values["exercise"])
    if "routine" in values:
        values["routine"] = Routine.objects.get(slug=values["routine"])
    target, _, program = values.get("target", "").partition(":")
    if program:
        values |= {"target": target, "program": Program.objects.get(slug=program)}
    BY_TYPE[type].objects.create(
        parent=article, region="main", ordering=(position + 1) * 10, **values
    )
