"""What a visitor is shown of a version: the blocks that it kept, without what must not be seen any more."""

from django.template.loader import render_to_string

from articles.models.blocks import BY_TYPE, BlockContext
from articles.rendering.embeds import exercises_in
from articles.rendering.table_of_contents import with_anchors
from exercises.models import Exercise, Routine


def shown_blocks(version, slugs, *, is_preview=False):
    """The blocks of ``version`` ready for their templates; no query.

    ``slugs`` says which exercises and routines a visitor may see, and where: ``slugs_of()`` for an article that was
    read ``with_page()``, ``slugs_now()`` for a version that is not stored. On a preview, pictures that are not
    published yet carry a key in their URLs.
    """
    if version.is_reviewed and not _is_all_there(version.embeds, slugs):
        # Less is shown than was signed.
        version.forget_review()
    return _ready(version.blocks, BlockContext(version.embeds, slugs, is_preview))


def _is_all_there(embeds, slugs):
    there = {
        "exercise": exercises_in(embeds),
        "routine": {*map(int, embeds["routine"])},
    }
    return all(ids <= slugs[kind].keys() for kind, ids in there.items())


def _ready(blocks, setting):
    ready = [BY_TYPE[block["type"]].ready(block, setting) for block in blocks]
    return [
        {**block, "template": f"articles/blocks/_{block['type']}.html"}
        for block in ready
        if block
    ]


def slugs_of(article):
    """The slugs of the exercises and routines of an article that was read ``with_embedded()``, by their ids."""
    return {
        "exercise": _slugs(article.exercise_rows),
        "routine": _slugs(article.routine_rows),
    }


def slugs_now(version):
    """The same for a version that is not stored yet, in two queries."""
    ids = exercises_in(version.embeds)
    exercises = Exercise.objects.published().filter(pk__in=ids)
    routines = Routine.objects.published().filter(pk__in=version.embeds["routine"])
    return {
        "exercise": _slugs(exercises.values("id", "slug")),
        "routine": _slugs(routines.values("id", "slug")),
    }


def _slugs(rows):
    return {row["id"]: row["slug"] for row in rows}


def full_text(version, slugs):
    """The HTML of all blocks, as the page has it, without what must not be seen any more."""
    blocks, _ = with_anchors(version.blocks, len(version.references))
    return "\n".join(
        str(render_to_string(block["template"], {"block": block}))
        for block in _ready(blocks, BlockContext(version.embeds, slugs))
    )
