"""What a visitor is shown of a publication: its frozen blocks, with what they point at as it is now."""

from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.urls import reverse

from articles.contents import with_anchors
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
                block = {**block, "url": picture_url(name)}
            case {"type": "video"}:
                block = {**block, "files": _addresses(block)}
        if block.get(block["type"], "shown") is not None:
            shown.append(block)
    return [
        {**block, "template": f"articles/blocks/_{block['type']}.html"}
        for block in shown
    ]


def _addresses(video):
    """Where the files of our own video are loaded from; "" for each that it does not have."""
    names = {key: video[key].rpartition("/")[2] for key in ["name", "captions"]}
    files = {
        key: name and reverse("video_file", args=[name]) for key, name in names.items()
    }
    return {**files, "poster": video["poster"] and picture_url(video["poster"])}


def picture_url(name):
    """Where an uploaded picture is loaded from. Every page and every machine asks here."""
    return default_storage.url(name)


def full_text(publication):
    """The whole body as HTML, as readers are shown it."""
    blocks, _ = with_anchors(shown_blocks(publication), len(publication.references))
    return "\n".join(
        render_to_string(block["template"], {"block": block}) for block in blocks
    )


def _published(queryset, publication, kind):
    ids = {block["id"] for block in publication.blocks if block["type"] == kind}
    return {row.pk: row.shown for row in queryset.filter(pk__in=ids)} if ids else {}
