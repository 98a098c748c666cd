"""Pictures as pixels: validated by their content, encoded anew without what came along, cut around a point."""

import io
import re
import uuid
import zipfile

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageCms, ImageOps

MAX_BYTES = 10_000_000
MAX_PIXELS = 40_000_000
MAX_SIDE = 2000
LONGEST_SHAPE = 4  # times as long as it is wide: at MAX_SIDE, 500 pixels wide
FORMATS = ("JPEG", "PNG", "WEBP")
# How each format is written. AVIF: the slowest speed that stays near a second for the widest rendition.
WRITTEN = {
    "webp": {"format": "WEBP", "quality": 78, "method": 4},
    "avif": {"format": "AVIF", "quality": 60, "speed": 6, "max_threads": 1},
    "jpg": {"format": "JPEG", "quality": 82, "optimize": True, "progressive": True},
}
MASTER = {"format": "WEBP", "quality": 92, "method": 2}

TOO_LARGE = "This file is larger than 10 MB. Choose a smaller picture."
TOO_MANY_PIXELS = "This picture has more than 40 million pixels. Choose a smaller one."
UNREADABLE = "This file is not a JPEG, PNG or WebP picture that can be read."
A_THREAD = (
    "This picture is {} by {} pixels: too narrow to be seen on a page. "
    f"Cut it into parts that are at most {LONGEST_SHAPE} times as long as they are wide."
)
MOVING = "This picture moves. Choose one that stands still."
NOT_ONLY_A_PICTURE = "This file holds more than a picture. Open it in a picture program, save it as a new file and choose that."

# Pages, programs and documents that hide in a picture. Long enough that no photograph holds one by chance.
STOWAWAY = re.compile(
    rb"<script[\s>]|<html[\s>]|<iframe\s|<!doctype|<svg\s[^<>]{0,500}xmlns|<\?php\s|%pdf-\d\.\d",
    re.IGNORECASE,
)
# A first length that reads "/*" opens a comment: the known way to make a picture run as a script.
COMMENT_AS_LENGTH = (b"/*", slice(4, 6))


class Reencoded(ContentFile):
    """A picture that ``reencode`` made."""


def reencode(file):
    """The picture in ``file`` as a new WebP file of at most 2000 pixels a side: colours in sRGB, on white, nothing else.

    Raises ``ValidationError`` for a file that is too large, has too many pixels, is no picture or is more than
    one. The name and the type that the browser sent are not looked at.
    """
    if file.size > MAX_BYTES:
        raise ValidationError(TOO_LARGE)
    file.seek(0)
    content = file.read()
    try:
        picture = _read(content)
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(TOO_MANY_PIXELS) from error
    except Exception as error:
        raise ValidationError(UNREADABLE) from error
    _refuse_stowaways(content)
    return Reencoded(_written(picture, MASTER), name=f"{uuid.uuid4().hex}.webp")


def _read(content):
    picture: Image.Image = Image.open(io.BytesIO(content), formats=FORMATS)
    if picture.width * picture.height > MAX_PIXELS:
        raise ValidationError(TOO_MANY_PIXELS)
    if max(picture.size) > LONGEST_SHAPE * min(picture.size):
        raise ValidationError(A_THREAD.format(*picture.size))
    # A camera's MPO holds further views of one scene, and its first is the photograph.
    if getattr(picture, "is_animated", False) and picture.format != "MPO":
        raise ValidationError(MOVING)
    if picture.mode.startswith("I"):
        # 16 bits of grey, which the library would cut off instead of scaling.
        picture = picture.convert("I").point([v >> 8 for v in range(65536)], "L")
    picture.thumbnail((MAX_SIDE, MAX_SIDE))
    return _on_white(ImageOps.exif_transpose(picture))


def _on_white(picture):
    """The bare pixels as RGB. What is transparent becomes white: a drawing in black must be seen in dark mode too."""
    alpha = None
    if picture.has_transparency_data:
        alpha = picture.convert("RGBA").getchannel("A")
    bare = Image.new("RGB", picture.size, "white")
    bare.paste(_in_srgb(picture), mask=alpha)
    return bare


def _in_srgb(picture):
    profile = picture.info.get("icc_profile")
    if picture.mode not in ("L", "RGB", "CMYK"):
        picture = picture.convert("RGB")
    if profile:
        try:
            return ImageCms.profileToProfile(
                picture,
                io.BytesIO(profile),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
        except (ImageCms.PyCMSError, OSError):
            # A profile that does not fit its picture says nothing about its colours.
            pass
    return picture.convert("RGB")


def _refuse_stowaways(content):
    """Such a file would be drawn without them all the same; a person should know that it was not what it seemed."""
    comment, place = COMMENT_AS_LENGTH
    if (
        content[place] == comment
        or STOWAWAY.search(content)
        or zipfile.is_zipfile(io.BytesIO(content))
    ):
        raise ValidationError(NOT_ONLY_A_PICTURE)


def rendition(master, *, width, format, ratio=None, focus=(50, 50)):
    """``master`` (an open file) drawn ``width`` pixels wide, as bytes; never larger than it is.

    ``ratio`` (width to height) cuts it around ``focus``, percent from the left and from the top.
    """
    with Image.open(master, formats=["WEBP"]) as picture:
        whole = picture.convert("RGB")
    box = crop_box(whole.size, ratio, focus) if ratio else (0, 0, *whole.size)
    size = drawn_size((box[2] - box[0], box[3] - box[1]), width)
    drawn = whole.resize(size, Image.Resampling.LANCZOS, box=box)
    return _written(drawn, WRITTEN[format])


def drawn_size(size, width):
    """``size`` brought down to ``width``; as it is when it is smaller."""
    if size[0] <= width:
        return size
    return width, max(1, round(size[1] * width / size[0]))


def crop_box(size, ratio, focus):
    """The largest box of ``ratio`` inside of ``size``, as near to being centred on ``focus`` as its edges let it."""
    width, height = size
    cut_width = min(width, max(1, round(height * ratio)))
    cut_height = min(height, max(1, round(width / ratio)))
    left = _start(width, cut_width, focus[0])
    top = _start(height, cut_height, focus[1])
    return left, top, left + cut_width, top + cut_height


def _start(length, cut, percent):
    return min(max(round(length * percent / 100 - cut / 2), 0), length - cut)


def _written(picture, options):
    file = io.BytesIO()
    picture.save(file, **options)
    return file.getvalue()
