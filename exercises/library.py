"""The exercise library: what a visitor asks for by words and by filters, what is found, and where each filter leads."""

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
class FilterLink:
    """A link to the library with one thing more or less asked for, and how many exercises it shows."""

    name: str
    shown: int
    url: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Library:
    """One answer. It reads four times, twice more for words, and once more for a word that is still being typed."""

    results: Results
    chosen: list[Tag]
    is_left_out: bool  # whether the URL had a filter that there is none of
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
    def found(self):
        """Ids of the exercises that are found: by words the best first, else by title."""
        return self._having(self.chosen)

    @cached_property
    def groups(self):
        """``(label, filters)`` for each kind of tag that an exercise has."""
        counts = Counter(tag for pk in self.found for tag in self.tags_of[pk])
        filters = {
            label: [self._filter(tag, counts) for tag in self.tags if tag.kind == kind]
            for kind, label in LABELS.items()
        }
        return [(label, links) for label, links in filters.items() if links]

    @property
    def asked(self):
        """The query of the answer's one URL."""
        return library_query(self.text, self.chosen)

    @property
    def ways_out(self):
        """For an answer with nothing in it: what to leave out, one thing at a time, so that there is something."""
        links = []
        for tag in self.chosen:
            others = self._all_but(tag)
            url = library_url(self.text, others)
            links.append(FilterLink(tag.name, len(self._having(others)), url))
        if self.by_words is not None and self.chosen:
            tagged = self._having(self.chosen, self.tags_of)
            url = library_url("", self.chosen)
            links.append(FilterLink(f"“{self.text}”", len(tagged), url))
        return [link for link in links if link.shown]

    def _filter(self, tag, counts):
        is_chosen = tag in self.chosen
        tags = self._all_but(tag) if is_chosen else [*self.chosen, tag]
        url = library_url(self.text, tags)
        return FilterLink(tag.name, counts[tag.pk], url, is_chosen)

    def _all_but(self, tag):
        return [other for other in self.chosen if other != tag]

    def _having(self, tags, among=None):
        """Ids of the exercises that have every one of ``tags``, out of those that the words found."""
        if among is None:
            among = self.tags_of if self.by_words is None else self.by_words
        wanted = {tag.pk for tag in tags}
        return [pk for pk in among if wanted <= self.tags_of[pk]]


def read_library(query):
    """The answer to ``query``, that of a URL; whatever it is, there is one."""
    tags_of = Exercise.objects.tag_ids()
    in_use = set().union(*tags_of.values())
    tags = [tag for tag in Tag.objects.order_by("name") if tag.pk in in_use]
    known = {(tag.kind, tag.slug): tag for tag in tags}
    keys = [(kind.value, slug) for kind in LABELS for slug in query.getlist(kind)]
    keys = [(kind, slug) for kind, slug in keys if slug]
    results = search(query.get("q", ""), kind="exercise", limit=MOST_FOUND)
    by_words, is_unfinished = _by_words(results, tags, tags_of)
    return Library(
        results=results,
        chosen=list(dict.fromkeys(known[key] for key in keys if key in known)),
        is_left_out=any(key not in known for key in keys),
        tags=tags,
        tags_of=tags_of,
        by_words=by_words,
        is_unfinished=is_unfinished,
    )


def shown(ids):
    """The exercises with ``ids``, in that order, as patients read them."""
    rows = Exercise.objects.published().filter(pk__in=list(ids))
    found = {row.pk: row.shown for row in rows}
    return [found[pk] for pk in ids if pk in found]


def library_url(text, tags):
    """For words and filters; each set of them has one URL."""
    path, query = reverse("exercises:index"), library_query(text, tags)
    return f"{path}?{query}" if query else path


def library_query(text, tags):
    pairs = [("q", text)] if text else []
    pairs += sorted((str(tag.kind), tag.slug) for tag in tags)
    return urlencode(pairs)


def _by_words(results, tags, tags_of):
    """Ids of what the words found, or ``None`` without words; and whether the words are still being typed."""
    if not results.query.all_words:
        return None, False
    if results.plan.mended or results.plan.missing:
        # A word that no page has may be the beginning of one.
        begun = _with_words_that_begin(results.query.all_words, tags, tags_of)
        if begun:
            return begun, True
    ids = [found.candidate.object_id for found in results.found]
    return [pk for pk in ids if pk in tags_of], False


def _with_words_that_begin(typed, tags, tags_of):
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
