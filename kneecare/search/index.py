"""Writing the index, always in the transaction that changes what patients see.

``refresh(page)`` is all that an app calls: it looks whether the page is published, and puts, renews or removes its
document. Whoever writes waits for whoever writes already, so that the numbers of the words stay right.
"""

from collections import Counter
from itertools import islice

from django.db import connection, transaction

from kneecare.search import vocabulary
from kneecare.search.backends import backend
from kneecare.search.models import Document
from kneecare.search.sources import SOURCES, pages_of
from kneecare.search.words import stem, words

VERSION = 1  # of what is kept of a page: raise it with every change of words.py or of this file
AT_ONCE = 200
TEXTS = ["title", "summary", "body"]
WRITTEN = ["url", *TEXTS, *(f"{name}_stems" for name in TEXTS), "version"]


def refresh(*rows):
    """Bring the documents of ``rows``, and of the pages that they are part of, up to date."""
    pages = {(page._meta.model_name, page.pk) for row in rows for page in pages_of(row)}
    refresh_keys(pages)


def refresh_keys(keys):
    """The same for pages named by kind and id, which may be gone."""
    with transaction.atomic():
        _lock()
        gained: Counter[str] = Counter()
        lost: Counter[str] = Counter()
        for kind in {kind for kind, _ in keys}:
            ids = sorted(pk for its, pk in keys if its == kind)
            lost.update(_take(Document.objects.filter(kind=kind, object_id__in=ids)))
            source = SOURCES[kind]
            published = source.published().filter(pk__in=ids).order_by("pk")
            rows = list(source.prepare(published))
            gained.update(_put(source, rows))
            shown = Document.objects.filter(kind=kind, object_id__in=ids)
            shown.exclude(object_id__in=[row.pk for row in rows]).delete()
        vocabulary.change(gained, lost)


def catch_up():
    """Put what is published and not indexed, remove what is indexed and not published: a day came, or a row went."""
    keys = {
        (kind, pk) for kind, source in SOURCES.items() for pk in _out_of_step(source)
    }
    if keys:
        refresh_keys(keys)
    return len(keys)


def _out_of_step(source):
    """The ids of pages that are published or indexed, and not both."""
    published = source.published().order_by().values_list("pk", flat=True)
    documents = Document.objects.filter(kind=source.kind)
    indexed = documents.values_list("object_id", flat=True)
    missing = published.exclude(pk__in=indexed)
    return {*missing, *indexed.exclude(object_id__in=published)}


def rebuild():
    """Make the whole index anew, and return the number of documents. Readers see the old one until it is done."""
    with transaction.atomic():
        _lock()
        Document.objects.all().delete()
        vocabulary.clear()
        gained: Counter[str] = Counter()
        for source in SOURCES.values():
            rows = source.prepare(source.published().order_by("pk"))
            gained.update(_put(source, rows.iterator(AT_ONCE)))
        vocabulary.change(gained, Counter())
        return Document.objects.count()


def is_current():
    """Whether there is an index, and this version of the code made it."""
    documents = Document.objects
    return documents.exists() and not documents.exclude(version=VERSION).exists()


def _lock():
    if backend().LOCK:
        with connection.cursor() as cursor:
            cursor.execute(backend().LOCK)


def _put(source, rows):
    """Write the documents of ``rows``, and yield each word of each."""
    rows = iter(rows)
    while some := [_document(source, row) for row in islice(rows, AT_ONCE)]:
        Document.objects.bulk_create(
            (document for document, _ in some),
            update_conflicts=True,
            unique_fields=["kind", "object_id"],
            update_fields=WRITTEN,
        )
        for _, found in some:
            yield from found


def _take(documents):
    """Yield each word of each of ``documents`` as they are in the index now."""
    for document in documents:
        yield from _words(document)


def _words(document):
    label = SOURCES[document.kind].label
    return vocabulary.words_of(label, *(getattr(document, name) for name in TEXTS))


def _document(source, row):
    """The document of ``row``, and its different words."""
    page = source.page(row)
    # Who asks for a routine finds one that does not call itself so.
    texts = [page.title, f"{page.summary} {source.label}", page.body]
    found = [words(text) for text in texts]
    title, summary, body = (" ".join(map(stem, each)) for each in found)
    document = Document(
        kind=source.kind,
        object_id=row.pk,
        url=page.url,
        title=page.title,
        summary=page.summary,
        body=page.body,
        title_stems=title,
        summary_stems=summary,
        body_stems=body,
        version=VERSION,
    )
    return document, {word for each in found for word in each}
