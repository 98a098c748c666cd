"""Uploaded videos and captions: validated by their content, named by us, without the place they were filmed at."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from kneecare.media.fields import ValidatedFormField

FOLDER = "videos"
MAX_BYTES = 100_000_000
MAX_CAPTIONS = 500_000
MAX_INDEX = 20_000_000
CODECS = [b"avc1", b"avc3", b"vp09", b"av01"]  # what every current browser plays
PRIVATE = [b"udta", b"meta", b"uuid"]  # where cameras write places and names
WEBM = b"\x1a\x45\xdf\xa3"

TOO_LARGE = "This video is larger than 100 MB. Make it shorter, or save it smaller."
UNKNOWN = "This file is not an MP4 or WebM video that can be read."
UNPLAYABLE = (
    "Many phones cannot play how this video is coded. Save it as MP4 with H.264."
)
NO_CAPTIONS = (
    "This file holds no WebVTT captions: its first line must begin with WEBVTT."
)


def validated_video(file):
    """``file`` under a name of ours if it is an MP4 or WebM video; the place and the names in it wiped.

    Raises ``ValidationError`` otherwise. The name and the type that the browser sent are not looked at.
    """
    if file.size > MAX_BYTES:
        raise ValidationError(TOO_LARGE)
    file.seek(0)
    head = file.read(64)
    if head[4:8] == b"ftyp" and head[8:12] != b"qt  ":
        _check_mp4(file)
        ending = "mp4"
    elif head.startswith(WEBM) and b"\x42\x82\x84webm" in head:
        ending = "webm"
    else:
        raise ValidationError(UNKNOWN)
    file.seek(0)
    return _named(file, ending)


def validated_captions(file):
    """``file`` under a name of ours if it holds WebVTT captions. Raises ``ValidationError`` otherwise."""
    if file.size > MAX_CAPTIONS:
        raise ValidationError(NO_CAPTIONS)
    file.seek(0)
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(NO_CAPTIONS) from error
    if text.split(maxsplit=1)[:1] != ["WEBVTT"]:
        raise ValidationError(NO_CAPTIONS)
    file.seek(0)
    return _named(file, "vtt")


def _named(file, ending):
    file.name = f"{uuid.uuid4().hex}.{ending}"
    file.is_validated = True
    return file


def _check_mp4(file):
    index = None
    for kind, box, start, end in _boxes(file, 0, file.size):
        if kind == b"moov":
            index = start, end
        elif kind in PRIVATE:
            _wipe(file, box, start, end)
    if not index or index[1] - index[0] > MAX_INDEX:
        raise ValidationError(UNKNOWN)
    file.seek(index[0])
    read = file.read(index[1] - index[0])
    if not any(codec in read for codec in CODECS):
        raise ValidationError(UNPLAYABLE)
    _wipe_inside(file, *index, holders=[b"trak"])


def _wipe_inside(file, start, end, *, holders):
    for kind, box, inner, after in _boxes(file, start, end):
        if kind in holders:
            _wipe_inside(file, inner, after, holders=[])
        elif kind in PRIVATE:
            _wipe(file, box, inner, after)


def _boxes(file, start, end):
    """``(kind, box, start, end)`` for each box of an MP4 file: where it begins, and its content."""
    while start < end:
        file.seek(start)
        head = file.read(16)
        size, kind, content = int.from_bytes(head[:4], "big"), head[4:8], 8
        if size == 1:  # the size stands in the next eight bytes
            size, content = int.from_bytes(head[8:16], "big"), 16
        elif size == 0:  # up to the end
            size = end - start
        if size < content or start + size > end:
            raise ValidationError(UNKNOWN)
        yield kind, start, start + content, start + size
        start += size


def _wipe(file, box, start, end):
    """Make a box one that players pass over, and its content zeros; nothing moves."""
    file.seek(box + 4)
    file.write(b"free")
    file.seek(start)
    while start < end:
        start += file.write(bytes(min(end - start, 65_536)))


class ValidatedField(models.FileField):
    """A file field that stores only what ``validated`` let pass."""

    validated = staticmethod(validated_video)
    accept = ""

    def clean(self, value, model_instance):
        value = super().clean(value, model_instance)
        if (
            value
            and not value._committed
            and not getattr(value.file, "is_validated", False)
        ):
            self.validated(value.file)
            value.name = value.file.name
        return value

    def formfield(self, **kwargs):
        field: Any = super().formfield(
            **{"form_class": ValidatedFormField, "validated": self.validated, **kwargs}
        )
        field.widget.attrs["accept"] = self.accept
        return field


class VideoField(ValidatedField):
    accept = "video/mp4,video/webm"


class CaptionsField(ValidatedField):
    validated = staticmethod(validated_captions)
    accept = ".vtt,text/vtt"
