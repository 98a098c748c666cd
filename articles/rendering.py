"""What a visitor is shown of a version: its frozen blocks, without what must not be seen any more."""

from django.template.loader import render_to_string

from articles.embeds import dosed, shown_exercise, shown_routine
from articles.table_of_contents import with_anchors
from exercises.models import Exercise, Routine
from kneecare.media import names as pictures


def shown_blocks(version, addresses, *, is_preview=False):
    """The blocks of ``version`` ready for their templates; no query.

    ``addresses`` says which exercises and routines a visitor may see, and where: ``addresses_of()`` for an article
    that was read ``with_page()``, ``addresses_now()`` for a version that is not stored. On a preview, pictures that
    are not published yet carry a key in their addresses.
    """
    ready = [
        ready_block(block, version, addresses, is_preview=is_preview)
        for block in version.blocks
    ]
    return [block for block in ready if block]


def ready_block(block, version, addresses, *, is_preview=False):
    """``block`` with all that its template needs, or nothing when it must not be shown."""
    template = f"articles/blocks/_{block['type']}.html"
    match block:
        case {"type": "exercise", "id": pk}:
            card = version.cards.get("exercise", {}).get(str(pk))
            block = {**block, "exercise": shown_exercise(card, addresses)}
        case {"type": "routine", "id": pk}:
            card = version.cards.get("routine", {}).get(str(pk))
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


def addresses_now(version):
    """The same for a version that is not stored yet, in two queries."""
    exercises = Exercise.objects.published().filter(pk__in=dosed(version.cards))
    routines = Routine.objects.published().filter(
        pk__in=version.cards.get("routine", {})
    )
    return {
        "exercise": _slugs(exercises.values("id", "slug")),
        "routine": _slugs(routines.values("id", "slug")),
    }


def _slugs(rows):
    return {row["id"]: row["slug"] for row in rows}


def rendered(version, addresses):
    """The HTML of each block; "" for what must not be shown."""
    blocks, _ = with_anchors(version.blocks, len(version.references))
    ready = [ready_block(block, version, addresses) for block in blocks]
    return [
        str(render_to_string(block["template"], {"block": block})) if block else ""
        for block in ready
    ]


def full_text(version, addresses):
    """The HTML of all blocks as it was rendered when the version was made, without what must not be seen any more.

    A version from before versions kept it is rendered now.
    """
    kept = version.rendered
    blocks = zip(
        version.blocks,
        kept if any(kept) else rendered(version, addresses),
        strict=True,
    )
    return "\n".join(
        html for block, html in blocks if ready_block(block, version, addresses)
    )
