from pathlib import Path
from typing import Any

from articles.models import (
    Article,
    CalloutBlock,
    CallToActionBlock,
    DrawingBlock,
    ExerciseBlock,
    QuoteBlock,
    TextBlock,
    Topic,
)
from articles.publishing import publish
from exercises.models import Exercise, Routine
from kneecare.clinic.models import Clinician, Program
from kneecare.core.first_content import read

FOLDER = Path(__file__).parent
BLOCKS: dict[str, Any] = {
    "text": TextBlock,
    "callout": CalloutBlock,
    "drawing": DrawingBlock,
    "exercise": ExerciseBlock,
    "routine": ExerciseBlock,
    "quote": QuoteBlock,
    "call_to_action": CallToActionBlock,
}


def load():
    """The first topics and articles, published; the main article last, so that it is the newest."""
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
        publish(article, by=None)


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
    BLOCKS[type].objects.create(
        parent=article, region="main", ordering=(position + 1) * 10, **values
    )
