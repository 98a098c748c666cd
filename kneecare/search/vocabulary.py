"""The words of all documents and how many have each, kept in step with the documents."""

from django.db import connection

from kneecare.search.models import Spelling, Word
from kneecare.search.query.lexicon import spelling_keys
from kneecare.search.words import stem, words

AT_ONCE = 500  # rows in one statement
ADD = """
INSERT INTO search_word (word, stem, documents) VALUES (%s, %s, %s)
ON CONFLICT (word) DO UPDATE SET documents = search_word.documents + excluded.documents
"""
SPELL = "INSERT INTO search_spelling (key, word) VALUES (%s, %s)"
TAKE = "UPDATE search_word SET documents = documents - %s WHERE word = %s"


def words_of(*texts):
    """The different words of a document."""
    return {word for text in texts for word in words(text)}


def change(gained, lost):
    """Add to each word the documents that gained it, take those that lost it; both are ``Counter`` of words."""
    change = {word: gained[word] - lost[word] for word in gained.keys() | lost.keys()}
    more = sorted((word, n) for word, n in change.items() if n > 0)
    fewer = sorted((word, -n) for word, n in change.items() if n < 0)
    _add_spellings([word for word, _ in more])
    with connection.cursor() as cursor:
        if more:
            cursor.executemany(ADD, [(word, stem(word), n) for word, n in more])
        if fewer:
            cursor.executemany(TAKE, [(n, word) for word, n in fewer])
    _forget([word for word, _ in fewer])


def clear():
    Word.objects.all().delete()
    Spelling.objects.all().delete()


def _add_spellings(found):
    for some in _batches(found):
        known = set(Word.objects.filter(word__in=some).values_list("word", flat=True))
        new = [word for word in some if word not in known]
        rows = [(key, word) for word in new for key in sorted(spelling_keys(word))]
        if rows:
            with connection.cursor() as cursor:
                cursor.executemany(SPELL, rows)


def _forget(fewer):
    """Drop those of the words that no document has any more."""
    for some in _batches(fewer):
        gone = list(
            Word.objects.filter(word__in=some, documents=0).values_list(
                "word", flat=True
            )
        )
        Spelling.objects.filter(word__in=gone).delete()
        Word.objects.filter(word__in=gone).delete()


def _batches(rows):
    return (rows[at : at + AT_ONCE] for at in range(0, len(rows), AT_ONCE))
