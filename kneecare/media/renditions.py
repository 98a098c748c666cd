"""Recording uploaded pictures and drawing their renditions: one at once, the others by the worker."""

import logging
import time

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.utils import timezone
from PIL import Image

from kneecare.media import names, reencode
from kneecare.media.models import Picture, Rendition

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 5
BUDGET = 1.0  # seconds of drawing after which the worker's other jobs get their turn
NEVER = (FileNotFoundError, Image.UnidentifiedImageError, Image.DecompressionBombError)

State = Rendition.State


def masters():
    """Where uploads are kept; nothing serves them."""
    return storages["masters"]


def register_upload(name, width, height):
    """Keep record of a new picture, draw the rendition that shows at once, and leave the others to the worker."""
    picture = Picture.objects.create(name=name, width=width, height=height)
    renditions = [
        Rendition(picture=picture, **fields) for fields in names.wanted(name, width)
    ]
    first = renditions[0]
    _store(first)
    first.state = State.DRAWN
    Rendition.objects.bulk_create(renditions)


def want_crops(name, shapes, focus):
    """Have the worker cut the picture ``name`` to ``shapes`` around ``focus``, unless that was done before."""
    picture = Picture.objects.filter(name=name).first()
    if picture is None:
        return
    Rendition.objects.bulk_create(
        [
            Rendition(
                picture=picture,
                name=names.crop(name, shape, focus, format),
                shape=shape,
                focus_x=focus[0],
                focus_y=focus[1],
                width=names.SHAPES[shape][0],
                format=format,
            )
            for shape in shapes
            for format in names.SHAPES[shape][2]
        ],
        ignore_conflicts=True,
    )


def draw_due():
    """Draw what waits, oldest first, for about a second. Several workers may do so at once."""
    ends = time.monotonic() + BUDGET
    for rendition in Rendition.objects.select_related("picture").claim_each():
        _attempt(rendition)
        if time.monotonic() > ends:
            return


def draw_again(renditions):
    """Put renditions that failed back into the queue; returns how many there were."""
    return renditions.filter(state=State.FAILED).update(
        state=State.WAITING, attempts=0, last_error="", next_attempt_at=timezone.now()
    )


def _attempt(rendition):
    if rendition.attempts > MOST_ATTEMPTS:
        # No attempt came to an end, not even to a bad one: this picture takes the worker down.
        rendition.settle(state=State.FAILED, last_error="The worker never finished")
        return
    try:
        _store(rendition)
    except Exception as error:
        logger.exception("Rendition %s could not be drawn.", rendition.pk)
        reason = type(error).__name__
        if isinstance(error, NEVER) or rendition.attempts >= MOST_ATTEMPTS:
            rendition.settle(state=State.FAILED, last_error=reason)
        else:
            rendition.try_later(reason)
    else:
        rendition.settle(state=State.DRAWN, last_error="")


def _store(rendition):
    """Draw ``rendition`` and write its file, in place of what an attempt that was cut short may have left."""
    with masters().open(rendition.picture.name) as master:
        content = reencode.rendition(
            master,
            width=rendition.width,
            format=rendition.format,
            ratio=rendition.ratio,
            focus=(rendition.focus_x, rendition.focus_y),
        )
    default_storage.delete(rendition.name)
    default_storage.save(rendition.name, ContentFile(content))
