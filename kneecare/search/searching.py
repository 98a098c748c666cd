"""Search, as pages use it: two queries, whatever is asked."""

from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import fuzz

from kneecare.search.query import lexicon, matching, scoring
from kneecare.search.query.matching import Candidate
from kneecare.search.query.plan import Plan, Query, make, parse
from kneecare.search.query.snippets import Marker
from kneecare.search.sources import SOURCES
from kneecare.search.words import words

# Documents that are weighed against each other, and so the most that are shown.
LIMIT = 40
NEAREST = 3
NEAR = 60  # of 100; a title that is less like the text is no help


@dataclass
class Found:
    """A page that was found, with what was looked for marked."""

    candidate: Candidate
    marker: Marker

    @property
    def url(self):
        return self.candidate.url

    @property
    def label(self):
        return SOURCES[self.candidate.kind].label

    @cached_property
    def title(self):
        return self.marker.marked(self.candidate.title)

    @cached_property
    def snippet(self):
        page = self.candidate
        return self.marker.snippet(page.title, page.summary, page.body)


@dataclass(frozen=True)
class Results:
    query: Query
    plan: Plan = field(default_factory=Plan)
    found: tuple[Found, ...] = ()
    is_exact: bool = True  # every phrase in quotation marks was found
    is_full: bool = False  # there may be more pages than are shown

    @property
    def nearest(self):
        """``(title, url)`` of a few pages that are called nearly so, when no page has any of the words; a query."""
        if self.plan.units or not self.query.all_words:
            return []
        return closest(self.query.text, matching.newest_titles())[:NEAREST]

    @property
    def suggestion(self):
        """The query without its slips, or "" if there was none, or if no page has what it would be."""
        mended = dict(self.plan.mended) if self.found else {}
        typed = [mended.get(word, word) for word in self.query.words]
        quoted = [f'"{" ".join(phrase)}"' for phrase in self.query.phrases]
        return " ".join([*typed, *quoted]) if mended else ""


def search(typed, *, kind="", limit=LIMIT):
    """The pages for what a visitor typed, best first: ``limit`` at most, of one ``kind`` or of all.

    At most two queries; none where there is no word.
    """
    asked = parse(typed)
    if not asked.all_words:
        return Results(asked)
    made = make(asked, lexicon.read(asked.all_words))
    if not made.units:
        return Results(asked, made)
    candidates = matching.candidates(made, kind=kind, limit=limit)
    best, is_exact = scoring.rank(candidates, made)
    marker = Marker(made)
    return Results(
        asked,
        made,
        tuple(Found(candidate, marker) for candidate in best),
        is_exact,
        len(candidates) == limit,
    )


def nearest_titles(text, limit=NEAREST):
    """``[(title, url), …]`` of the published pages whose titles or URLs are nearest to ``text``, nearest first.

    ``text`` may be mistyped words or the end of a URL. Two queries at most; none where there is no word.
    """
    results = search(text.replace("-", " ").replace("_", " "))
    pages = [(found.candidate.title, found.url) for found in results.found]
    if not pages and results.query.all_words:
        pages = matching.newest_titles()
    return closest(text, pages)[:limit]


def closest(text, pages):
    """Those of ``pages``, ``(title, url)``, that are like ``text``, most alike first."""
    asked = " ".join(words(text))
    ranked = [(-_likeness(asked, title, url), title, url) for title, url in pages]
    return [(title, url) for score, title, url in sorted(ranked) if -score >= NEAR]


def _likeness(asked, title, url):
    slug = url.rstrip("/").rpartition("/")[2]
    return max(
        round(fuzz.WRatio(asked, " ".join(words(text))), 3) for text in (title, slug)
    )
