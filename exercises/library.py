"""The exercise library: what is asked of it by words and by filters, what is found, and where each filter leads."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from exercises.models import Exercise, Tag
from kneecare.search import search
from kneecare.search.searching import Results
from kneecare.search.words import words

MOST_FOUND = 200  # by words; a filter narrows these
LABELS = {
    Tag.Kind.BODY_PART: "Part of the body",
    Tag.Kind.EQUIPMENT: "What you need",
    Tag.Kind.MUSCLE: "What it works",
}


@dataclass(frozen=True)
class Step:
    """A link to the library with one thing more or less asked for, and how many exercises there are."""

    name: str
    shown: int
    url: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Library:
    """One answer. It reads four times, twice more for words, and once more for a word that is still being typed."""

    results: Results
    chosen: list[Tag]
    is_left_out: bool  # whether the address had a filter that there is none of
    tags: list[Tag]
    tags_of: dict[int, set[int]]
    by_words: list[int] | None  # best first; None where there are no words
    is_unfinished: bool  # whether the words are the beginnings of what was found

    @property
    def text(self):
        return self.results.query.text

    @property
    def is_narrowed(self):
        return bool(self.text or self.chosen)

    @cached_property
    def exercises(self):
        """As patients read them: by words the best first, else by title."""
        rows = Exercise.objects.published().order_by("live_version__title", "pk")
        if self.by_words is None and not self.chosen:
            return [row.shown for row in rows]
        found = self._with(self.chosen)
        shown = {row.pk: row.shown for row in rows.filter(pk__in=found)}
        order = shown if self.by_words is None else found
        return [shown[pk] for pk in order if pk in shown]

    @cached_property
    def groups(self):
        """``(label, filters)`` for each kind of tag that an exercise has."""
        counts = Counter(
            tag for pk in self._with(self.chosen) for tag in self.tags_of[pk]
        )
        groups = [
            (
                label,
                [self._filter(tag, counts) for tag in self.tags if tag.kind == kind],
            )
            for kind, label in LABELS.items()
        ]
        return [(label, filters) for label, filters in groups if filters]

    def _filter(self, tag, counts):
        is_chosen = tag in self.chosen
        others = [other for other in self.chosen if other != tag]
        to = others if is_chosen else [*others, tag]
        return Step(tag.name, counts[tag.pk], address(self.text, to), is_chosen)

    @property
    def ways_out(self):
        """For an answer with nothing in it: what to leave out, one thing at a time, so that there is something."""
        steps = [self._without(tag) for tag in self.chosen]
        if self.by_words is not None and self.chosen:
            tagged = self._with(self.chosen, self.tags_of)
            url = address("", self.chosen)
            steps.append(Step(f"“{self.text}”", len(tagged), url))
        return [step for step in steps if step.shown]

    def _without(self, tag):
        others = [other for other in self.chosen if other != tag]
        return Step(tag.name, len(self._with(others)), address(self.text, others))

    def _with(self, tags, among=None):
        """Ids of the exercises that have every one of ``tags``, out of those that the words found."""
        if among is None:
            among = self.tags_of if self.by_words is None else self.by_words
        wanted = {tag.pk for tag in tags}
        return [pk for pk in among if wanted <= self.tags_of[pk]]


def read_library(asked):
    """The answer to ``asked``, the query of an address; whatever it is, there is one."""
    tags_of = Exercise.objects.tag_ids()
    in_use = set().union(*tags_of.values())
    tags = [tag for tag in Tag.objects.order_by("name") if tag.pk in in_use]
    chosen, is_left_out = _chosen(asked, tags)
    results = search(asked.get("q", ""), kind="exercise", limit=MOST_FOUND)
    by_words, begun = _by_words(results, tags, tags_of)
    return Library(results, chosen, is_left_out, tags, tags_of, by_words, bool(begun))


def address(text, tags):
    """Of the library for words and filters, each set of them by one address."""
    pairs = [("q", text)] if text else []
    pairs += sorted((str(tag.kind), tag.slug) for tag in tags)
    path = reverse("exercises:index")
    return f"{path}?{urlencode(pairs)}" if pairs else path


def _chosen(asked, tags):
    known = {(tag.kind, tag.slug): tag for tag in tags}
    keys = [
        (kind.value, value) for kind in LABELS for value in asked.getlist(kind) if value
    ]
    chosen = list(dict.fromkeys(known[key] for key in keys if key in known))
    return chosen, any(key not in known for key in keys)


def _by_words(results, tags, tags_of):
    """Ids of what the words found, or ``None`` without words; and whether the words are still being typed."""
    if not results.query.all_words:
        return None, False
    if results.plan.mended or results.plan.missing:
        # A word that no page has may be the beginning of one.
        begun = _begun_by(results.query.all_words, tags, tags_of)
        if begun:
            return begun, True
    ids = [found.candidate.object_id for found in results.found]
    return [pk for pk in ids if pk in tags_of], False


def _begun_by(typed, tags, tags_of):
    """Ids of the exercises whose title, summary and tags have a word that begins with each word of ``typed``."""
    names = {tag.pk: tag.name for tag in tags}
    rows = Exercise.objects.published().order_by("live_version__title", "pk")
    begun = []
    for pk, title, summary in rows.values_list(
        "pk", "live_version__title", "live_version__summary"
    ):
        tagged = " ".join(names.get(tag, "") for tag in tags_of.get(pk, ()))
        has = words(f"{title} {summary} {tagged}")
        if all(any(word.startswith(each) for word in has) for each in typed):
            begun.append(pk)
    return begun
