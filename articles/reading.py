"""What a visitor is shown of a publication: its frozen blocks, with what they point at as it is now."""

from exercises.models import Exercise, Routine
from kneecare.core.pictures import addresses


def shown_blocks(publication, *, is_preview=False):
    """The blocks of ``publication`` ready for their templates, in at most two queries.

    An exercise or a routine is shown as it is now and left out while it is not published. On a preview, pictures
    that are not published yet carry a key in their addresses.
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
            case {"type": "image"}:
                picture = addresses.shown(block, is_preview=is_preview)
                block = {**block, "picture": picture}
        if None not in block.values():
            shown.append(
                {**block, "template": f"articles/blocks/_{block['type']}.html"}
            )
    return shown


def _published(queryset, publication, kind):
    ids = {block["id"] for block in publication.blocks if block["type"] == kind}
    return queryset.in_bulk(ids) if ids else {}
