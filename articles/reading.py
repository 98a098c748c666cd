"""What a visitor is shown of a version: its frozen blocks, without what must not be seen any more."""

from django.core.files.storage import default_storage
from django.urls import reverse

from articles.cards import dosed, shown_exercise, shown_routine
from exercises.models import Exercise, Routine


def shown_blocks(publication, addresses):
    """The blocks of ``publication`` ready for their templates; no query.

    ``addresses`` says which exercises and routines a visitor may see, and where: ``addresses_of()`` for an article
    that was read ``with_page()``, ``addresses_now()`` for a version that is not stored.
    """
    ready = [ready_block(block, publication, addresses) for block in publication.blocks]
    return [block for block in ready if block]


def ready_block(block, publication, addresses):
    """``block`` with all that its template needs, or nothing when it must not be shown."""
    template = f"articles/blocks/_{block['type']}.html"
    match block:
        case {"type": "exercise", "id": pk}:
            card = publication.cards.get("exercise", {}).get(str(pk))
            block = {**block, "exercise": shown_exercise(card, addresses)}
        case {"type": "routine", "id": pk}:
            card = publication.cards.get("routine", {}).get(str(pk))
            block = {**block, "routine": shown_routine(card, addresses)}
        case {"type": "image", "name": name}:
            block = {**block, "url": default_storage.url(name)}
    if block.get(block["type"], "shown") is None:
        return None
    return {**block, "template": template}


def addresses_of(article):
    """Where the exercises and routines of an article stand that was read ``with_page()``."""
    return {
        "exercise": _addresses("exercises:detail", article.exercise_rows),
        "routine": _addresses("routines:detail", article.routine_rows),
    }


def addresses_now(publication):
    """The same for a version that is not stored yet, in two queries."""
    exercises = Exercise.objects.published().filter(pk__in=dosed(publication.cards))
    routines = Routine.objects.published().filter(
        pk__in=publication.cards.get("routine", {})
    )
    return {
        "exercise": _addresses("exercises:detail", exercises.values("id", "slug")),
        "routine": _addresses("routines:detail", routines.values("id", "slug")),
    }


def _addresses(name, rows):
    return {row["id"]: reverse(name, args=[row["slug"]]) for row in rows}


def full_text(publication, addresses):
    """The HTML of all blocks as it was rendered when the version was made, without what must not be seen any more."""
    blocks = zip(publication.blocks, publication.rendered, strict=True)
    return "\n".join(
        html for block, html in blocks if ready_block(block, publication, addresses)
    )
