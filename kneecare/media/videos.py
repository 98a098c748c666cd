"""Uploaded videos and captions: validated by their content, named by us, without what cameras and programs tell of who filmed where."""

import re
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from kneecare.media.fields import KeptFileInput, ValidatedFormField
from kneecare.media.video import mp4, webm

FOLDER = "videos"
MAX_BYTES = 100_000_000
MAX_CAPTIONS = 500_000
CODECS = [b"avc1", b"avc3", b"vp09", b"av01"]  # what every current browser plays
WEBM = b"\x1a\x45\xdf\xa3"
ARROW = "-->"  # between the times of a line that is spoken

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
    try:
        if head[4:8] == b"ftyp" and head[8:12] != b"qt  ":
            _check_mp4(file)
            ending = "mp4"
        elif head.startswith(WEBM) and b"\x42\x82\x84webm" in head:
            webm.wipe_private_parts(file)
            ending = "webm"
        else:
            raise ValidationError(UNKNOWN)
    except webm.BrokenVideo as error:
        raise ValidationError(UNKNOWN) from error
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
    file.size = file.write(_cues(text).encode())
    file.truncate()
    file.seek(0)
    return _named(file, "vtt")


def _named(file, ending):
    file.name = f"{uuid.uuid4().hex}.{ending}"
    file.is_validated = True
    return file


def _check_mp4(file):
    moov = mp4.index(file)
    file.seek(moov.content)
    read = file.read(moov.end - moov.content)
    if not any(codec in read for codec in CODECS):
        raise ValidationError(UNPLAYABLE)
    mp4.wipe_private_parts(file)


def _cues(text):
    """The lines of captions with their times, without notes, styles and what stands beside the first word."""
    head, *blocks = re.split(r"\n{2,}", re.sub(r"\r\n?", "\n", text).strip())
    lines = head.split("\n")
    timed = [number for number, line in enumerate(lines) if ARROW in line][:1]
    blocks = ["\n".join(lines[number:]) for number in timed] + blocks
    return "\n\n".join(["WEBVTT", *(each for each in blocks if ARROW in each)]) + "\n"


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
            **kwargs
            | {"form_class": ValidatedFormField, "validated": self.validated}
            | {"widget": KeptFileInput}
        )
        field.widget.attrs["accept"] = self.accept
        return field


class VideoField(ValidatedField):
    accept = "video/mp4,video/webm"


class CaptionsField(ValidatedField):
    validated = staticmethod(validated_captions)
    accept = ".vtt,text/vtt"
