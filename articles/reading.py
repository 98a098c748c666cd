"""What a visitor is shown of a publication: its frozen blocks, with what they point at as it is now."""

from django.core.files.storage import default_storage

from exercises.models import Exercise, Routine


def shown_blocks(publication):
    """The blocks of ``publication`` ready for their templates, in at most two queries.

    An exercise or a routine is shown as it is now and left out while it is not published.
    """
    exercises = _published(Exercise.objects.published(), publication, "exercise")
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
        if None not in block.values():
            shown.append(
                {**block, "template": f"articles/blocks/_{block['type']}.html"}
            )
    return shown


def _published(queryset, publication, kind):
    ids = {block["id"] for block in publication.blocks if block["type"] == kind}
    return {row.pk: row.shown for row in queryset.filter(pk__in=ids)} if ids else {}
