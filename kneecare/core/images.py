"""Uploaded pictures: judged by their content, re-drawn without what the camera wrote, named by us."""

import io
import uuid
import warnings

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from PIL import Image, ImageOps

MAX_BYTES = 10_000_000
MAX_PIXELS = 40_000_000
MAX_SIDE = 2000
FORMATS = ("JPEG", "PNG", "WEBP")
TOO_MANY_PIXELS = "This picture has more than 40 million pixels. Choose a smaller one."
UNREADABLE = "This file is not a JPEG, PNG or WebP picture that can be read."


class Redrawn(ContentFile):
    """A picture that ``redraw`` made."""


def redraw(file):
    """The picture in ``file`` as a new WebP file of at most 2000 pixels a side, without EXIF or GPS.

    Raises ``ValidationError`` for a file that is too large, has too many pixels or is no picture. The name
    and the type that the browser sent are not looked at.
    """
    if file.size > MAX_BYTES:
        raise ValidationError(
            "This file is larger than 10 MB. Choose a smaller picture."
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            drawn = _draw(file)
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(TOO_MANY_PIXELS) from error
    except Exception as error:
        raise ValidationError(UNREADABLE) from error
    return Redrawn(drawn, name=f"{uuid.uuid4().hex}.webp")


def _draw(file):
    picture: Image.Image = Image.open(file, formats=FORMATS)
    if picture.width * picture.height > MAX_PIXELS:
        raise ValidationError(TOO_MANY_PIXELS)
    picture = ImageOps.exif_transpose(picture)
    picture.thumbnail((MAX_SIDE, MAX_SIDE))
    drawn = io.BytesIO()
    mode = "RGBA" if "A" in picture.getbands() else "RGB"
    picture.convert(mode).save(drawn, "WEBP", quality=88, method=4)
    return drawn.getvalue()


class PictureFormField(forms.FileField):
    """Takes a picture in by drawing it again; Django's own field would judge it by the end of its name."""

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        return redraw(file) if file and file is not initial else file


class PictureField(models.ImageField):
    """An image field that stores only what ``redraw`` made of the upload."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("upload_to", "pictures")
        super().__init__(*args, **kwargs)

    def clean(self, value, model_instance):
        value = super().clean(value, model_instance)
        if value and not value._committed and not isinstance(value.file, Redrawn):
            value = redraw(value.file)
        return value

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": PictureFormField, **kwargs})
