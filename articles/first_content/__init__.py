"""The topics and articles that a new site starts with: the clinic's own, and those of the starter library."""

import re
from pathlib import Path
from typing import Any

from articles.models import BY_TYPE, Article, PendingReview, PlainWord, Topic
from exercises.models import Exercise, Routine
from kneecare.clinic.first_content import author_of, sources
from kneecare.clinic.models import Program
from kneecare.core.first_content import read, read_pages
from kneecare.publishing.publish import publish

FOLDER = Path(__file__).parent
WORDS = FOLDER.parent / "first_words.toml"
NEWEST = "knee-pain-why-it-matters"
# In the files a footnote mark names its source by key, such as [NHS-MEN, BMJ-RR].
MARK = re.compile(r"\[([A-Za-z][\w-]*(?:, [A-Za-z][\w-]*)*)\]")


def load(packs):
    """Publish the articles of ``packs`` that the site has not; the clinic's main article last, so that it is the newest."""
    for word, plainer in read(WORDS)["words"].items():
        PlainWord.objects.get_or_create(word=word, defaults={"plainer": plainer})
    for topic in _topics(packs):
        _create_topic(**topic)
    pages = read_pages(FOLDER / pack / "pages" for pack in packs)
    known = set(Article.objects.values_list("slug", flat=True))
    entries = [page for slug, page in pages.items() if slug not in known]
    entries.sort(key=lambda entry: entry["slug"] == NEWEST)
    articles = [(_create_article(entry), entry) for entry in entries]
    for article, entry in articles:
        article.related.set(Article.objects.filter(slug__in=entry["related"]))
        # The articles link to each other; the whole load is one transaction.
        publish(article, by=None, publish_with=[each for each, _ in articles])


def _topics(packs):
    found: dict[str, Any] = {}
    for pack in packs:
        rows = read(FOLDER / pack / "topics.toml")["topics"]
        found |= {row["slug"]: row for row in rows}
    known = set(Topic.objects.values_list("slug", flat=True))
    return [row for slug, row in found.items() if slug not in known]


def _create_topic(*, routine=None, **values):
    if routine:
        values["routine"] = Routine.objects.get(slug=routine)
    Topic.objects.create(**values)


def _create_article(entry):
    article = Article.objects.create(
        slug=entry["slug"],
        title=entry["title"],
        summary=entry["summary"],
        author=author_of(entry),
    )
    # Nobody's review is made up: a clinician gives it in the admin, and the pages say until then that it is pending.
    PendingReview.objects.say(article, by=None)
    article.topics.set(Topic.objects.filter(slug__in=entry["topics"]))
    notes = Footnotes()
    for position, block in enumerate(entry["blocks"]):
        _create_block(article, position, **notes.numbered(block))
    for position, key in enumerate(notes.keys, 1):
        article.references.create(position=position, **sources()[key])
    return article


class Footnotes:
    """The sources that an article names, in the order in which it names them first."""

    def __init__(self):
        self.keys = []

    def numbered(self, block):
        """``block`` with the numbers of its sources in place of their keys."""
        return {
            name: MARK.sub(self._numbers, value) if isinstance(value, str) else value
            for name, value in block.items()
        }

    def _numbers(self, mark):
        return f"[{', '.join(str(self._number(key)) for key in mark[1].split(', '))}]"

    def _number(self, key):
        if key not in self.keys:
            self.keys.append(key)
        return self.keys.index(key) + 1


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
