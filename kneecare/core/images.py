"""Uploaded pictures: judged by their content, re-drawn without what the camera wrote, named by us."""

import io
import uuid
import warnings

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from PIL import Image, ImageOps, UnidentifiedImageError

MAX_BYTES = 10_000_000
MAX_PIXELS = 40_000_000
MAX_SIDE = 2000
FORMATS = ("JPEG", "PNG", "WEBP")
UNREADABLE = ValidationError(
    "This file is not a JPEG, PNG or WebP picture that can be read."
)


def redraw(file):
    """The picture in ``file`` as a new WebP file of at most 2000 pixels a side, without EXIF or GPS.

    Raises ``ValidationError`` for a file that is too large, has too many pixels or is no picture. The name
    and the type that the browser sent are not looked at.
    """
    if file.size > MAX_BYTES:
        raise ValidationError(
            "This file is larger than 10 MB. Choose a smaller picture."
        )
    drawn = io.BytesIO()
    _read(file).save(drawn, "WEBP", quality=88, method=4)
    return ContentFile(drawn.getvalue(), name=f"{uuid.uuid4().hex}.webp")


def _read(file):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture: Image.Image = Image.open(file, formats=FORMATS)
            if picture.width * picture.height > MAX_PIXELS:
                raise ValidationError(
                    "This picture has more than 40 million pixels. Choose a smaller one."
                )
            picture = ImageOps.exif_transpose(picture)
            picture.thumbnail((MAX_SIDE, MAX_SIDE))
            return picture.convert("RGBA" if "A" in picture.getbands() else "RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise UNREADABLE from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(
            "This picture has too many pixels. Choose a smaller one."
        ) from error


class PictureField(models.ImageField):
    """An image field that stores only what ``redraw`` made of the upload."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("upload_to", "pictures")
        super().__init__(*args, **kwargs)

    def clean(self, value, model_instance):
        value = super().clean(value, model_instance)
        if value and not value._committed:
            value = redraw(value.file)
        return value

    def formfield(self, **kwargs):
        # Django's form field would judge the file by the end of its name.
        return super().formfield(**{"form_class": forms.FileField, **kwargs})
