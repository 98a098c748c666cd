"""What a visitor is shown of a version: its frozen blocks, without what must not be seen any more."""

from django.template.loader import render_to_string

from articles.embeds import dosed, shown_exercise, shown_routine
from articles.table_of_contents import with_anchors
from exercises.models import Exercise, Routine
from kneecare.media import names as pictures


def shown_blocks(publication, addresses, *, is_preview=False):
    """The blocks of ``publication`` ready for their templates; no query.

    ``addresses`` says which exercises and routines a visitor may see, and where: ``addresses_of()`` for an article
    that was read ``with_page()``, ``addresses_now()`` for a version that is not stored. On a preview, pictures that
    are not published yet carry a key in their addresses.
    """
    ready = [
        ready_block(block, publication, addresses, is_preview=is_preview)
        for block in publication.blocks
    ]
    return [block for block in ready if block]


def ready_block(block, publication, addresses, *, is_preview=False):
    """``block`` with all that its template needs, or nothing when it must not be shown."""
    template = f"articles/blocks/_{block['type']}.html"
    match block:
        case {"type": "exercise", "id": pk}:
            card = publication.cards.get("exercise", {}).get(str(pk))
            block = {**block, "exercise": shown_exercise(card, addresses)}
        case {"type": "routine", "id": pk}:
            card = publication.cards.get("routine", {}).get(str(pk))
            block = {**block, "routine": shown_routine(pk, card, addresses)}
        case {"type": "image"}:
            picture = pictures.picture_urls(block, is_preview=is_preview)
            block = {**block, "picture": picture}
        case {"type": "video"}:
            block = {**block, "files": pictures.video_urls(block)}
    if block.get(block["type"], "shown") is None:
        return None
    return {**block, "template": template}


def addresses_of(article):
    """The slugs of the exercises and routines of an article that was read ``with_page()``, by their ids."""
    return {
        "exercise": _slugs(article.exercise_rows),
        "routine": _slugs(article.routine_rows),
    }


def addresses_now(publication):
    """The same for a version that is not stored yet, in two queries."""
    exercises = Exercise.objects.published().filter(pk__in=dosed(publication.cards))
    routines = Routine.objects.published().filter(
        pk__in=publication.cards.get("routine", {})
    )
    return {
        "exercise": _slugs(exercises.values("id", "slug")),
        "routine": _slugs(routines.values("id", "slug")),
    }


def _slugs(rows):
    return {row["id"]: row["slug"] for row in rows}


def rendered(publication, addresses):
    """The HTML of each block; "" for what must not be shown."""
    blocks, _ = with_anchors(publication.blocks, len(publication.references))
    ready = [ready_block(block, publication, addresses) for block in blocks]
    return [
        str(render_to_string(block["template"], {"block": block})) if block else ""
        for block in ready
    ]


def full_text(publication, addresses):
    """The HTML of all blocks as it was rendered when the version was made, without what must not be seen any more.

    A version from before versions kept it is rendered now.
    """
    kept = publication.rendered
    blocks = zip(
        publication.blocks,
        kept if any(kept) else rendered(publication, addresses),
        strict=True,
    )
    return "\n".join(
        html for block, html in blocks if ready_block(block, publication, addresses)
    )
