"""What a visitor is shown of a publication: its frozen blocks, with what they point at as it is now."""

from itertools import groupby

from django.core.files.storage import default_storage

from articles.footnotes import with_notes
from exercises.models import Exercise, Routine


def shown_blocks(publication):
    """The blocks of ``publication`` ready for their templates, in at most two queries.

    An exercise or a routine is shown as it is now and left out while it is not published.
    """
    exercises = _published(
        Exercise.objects.published().with_dose(), publication, "exercise"
    )
    routines = _published(Routine.objects.published(), publication, "routine")
    shown = []
    for block in publication.blocks:
        match block:
            case {"type": "exercise", "id": pk}:
                block = {**block, "exercise": exercises.get(pk)}
            case {"type": "routine", "id": pk}:
                block = {**block, "routine": routines.get(pk)}
            case {"type": "image", "name": name}:
                block = {**block, "url": default_storage.url(name)}
            case {"type": "video"}:
                block = {**block, "files": _addresses(block)}
        if None not in block.values():
            shown.append(block)
    shown = _questions_together(with_notes(shown, len(publication.references)))
    return [
        {**block, "template": f"articles/blocks/_{block['type']}.html"}
        for block in shown
    ]


def _addresses(video):
    """Where the files of our own video are loaded from; "" for each that it does not have."""
    names = {key: video[key] for key in ["name", "poster", "captions"]}
    return {key: name and default_storage.url(name) for key, name in names.items()}


def _questions_together(blocks):
    """``blocks`` with questions that follow each other as one list."""
    together: list[dict] = []
    for is_question, run in groupby(blocks, lambda each: each["type"] == "question"):
        found = list(run)
        together += [{"type": "faq", "questions": found}] if is_question else found
    return together


def _published(queryset, publication, kind):
    ids = {block["id"] for block in publication.blocks if block["type"] == kind}
    return queryset.in_bulk(ids) if ids else {}
