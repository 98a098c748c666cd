"""What the index knows of the words of a query, read in one statement: how common, what is nearly it, what means the same."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from django.db import connection

from kneecare.core.html import split_lines
from kneecare.search import spelling
from kneecare.search.words import STOP_WORDS, stem, words

# Words of the query; words nearly like those of them that no document has; every group of synonyms.
SQL = """
SELECT 'known', stem, CAST(SUM(documents) AS integer) FROM search_word WHERE stem IN ({stems}) GROUP BY stem
UNION ALL
SELECT DISTINCT 'near ' || probe.column1, near.word, near.documents
FROM (VALUES {probes}) AS probe
JOIN search_spelling spelling ON spelling.key = probe.column3
JOIN search_word near ON near.word = spelling.word
WHERE NOT EXISTS (SELECT 1 FROM search_word known WHERE known.stem = probe.column2)
UNION ALL
SELECT 'same', words, 0 FROM search_synonymgroup
"""


@dataclass
class Lexicon:
    documents: dict[str, int] = field(default_factory=dict)  # by stem
    near: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    groups: list[tuple[tuple[str, ...], ...]] = field(default_factory=list)

    def knows(self, word):
        return stem(word) in self.documents or word in self._synonyms

    def meant(self, word):
        """The known word that ``word`` was to be, or ``None`` if it is known itself or like no other."""
        if self.knows(word) or word in STOP_WORDS or not spelling.is_spelled(word):
            return None
        same = {other: 0 for other in self._synonyms if spelling.is_spelled(other)}
        return spelling.meant(word, {**same, **self.near[word]})

    @cached_property
    def _synonyms(self):
        return {
            word for group in self.groups for member in group for word in member
        } - STOP_WORDS


def read(asked):
    """What there is to know of the plain words ``asked``; one query."""
    telling = sorted(set(asked) - STOP_WORDS) or sorted(set(asked))
    probes = [
        (word, stem(word), key) for word in telling for key in sorted(_keys(word))
    ]
    sql = SQL.format(
        stems=", ".join(["%s"] * len(telling)),
        probes=", ".join(["(%s, %s, %s)"] * len(probes)),
    )
    found = Lexicon()
    with connection.cursor() as cursor:
        cursor.execute(sql, [*map(stem, telling), *(v for row in probes for v in row)])
        for kind, text, documents in cursor.fetchall():
            _take(found, kind, text, documents)
    return found


def _keys(word):
    # At least one, as SQL has no empty list of values.
    return spelling.keys(word) or {""}


def _take(found, kind, text, documents):
    if kind == "known":
        found.documents[text] = documents
    elif kind == "same":
        found.groups.append(members(text))
    else:
        found.near[kind.removeprefix("near ")][text] = documents
        found.documents.setdefault(stem(text), documents)


@lru_cache(maxsize=1000)
def members(text):
    """The lines of a synonym group, each as its plain words."""
    return tuple(tuple(words(line)) for line in split_lines(text))
