"""Names and URLs of the renditions of a picture and of the files of a video.

All follow from the picture's own name and size. So a page needs no query for its pictures, its HTML stays the same
while the worker draws, and the view answers with the first rendition in place of one that is not drawn yet.
"""

import re

from django.core import signing
from django.urls import reverse

from kneecare.media.reencode import crop_box, drawn_size

STEPS = (400, 800, 1200, 1600)  # pixels wide
FIRST = 800  # the one that is drawn while the editor waits
# Pictures cut to a shape: width and height in pixels, and the formats.
SHAPES = {
    "social": (1200, 630, ["jpg"]),  # what every service that shows links can read
    "square": (448, 448, ["avif", "webp"]),
}
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
RENDITION = re.compile(
    r"(?P<stem>pictures/[0-9a-f]{32})/"
    r"(?:first\.webp|\d{1,4}\.(?:avif|webp)|[a-z]+-\d{1,3}-\d{1,3}\.(?:avif|webp|jpg))"
)
KEY_AGE = 3600  # seconds that a picture can be seen from a preview page once the page was opened
_signer = signing.TimestampSigner(salt="kneecare.core.pictures")


def widths(width):
    """The widths in which a picture of ``width`` is drawn: never wider than it is."""
    widest = min(width, STEPS[-1])
    return [step for step in STEPS if step < widest] + [widest]


def first_width(width):
    return min(width, FIRST)


def stem(name):
    return name.removesuffix(".webp")


def first(name):
    return f"{stem(name)}/first.webp"


def whole(name, width, format):
    return f"{stem(name)}/{width}.{format}"


def crop(name, shape, focus, format):
    return f"{stem(name)}/{shape}-{focus[0]}-{focus[1]}.{format}"


def wanted(name, width):
    """The whole renditions of a picture of ``width``, as the fields of their rows; the first one is the first to draw."""
    rows = [
        {"name": whole(name, each, format), "width": each, "format": format}
        for format in ["webp", "avif"]
        for each in widths(width)
    ]
    first_one = rows.pop(widths(width).index(first_width(width)))
    return [{**first_one, "name": first(name)}, *rows]


def picture_of(path):
    """The name of the picture whose rendition ``path`` would be, or ``None`` for what can be no rendition."""
    match = RENDITION.fullmatch(path)
    return match and f"{match['stem']}.webp"


def url(rendition, key=""):
    path = reverse("media", args=[rendition])
    return f"{path}?key={key}" if key else path


def picture_urls(snapshot, *, is_preview=False):
    """What the template of a picture needs. ``snapshot`` is a mapping with its name, width and height.

    On a preview, the URLs carry a key, so that a reviewer without an account sees the picture for an hour.
    """
    name, width = snapshot["name"], snapshot["width"]
    key = make_key(name) if is_preview else ""
    first_one = first_width(width)
    avif = {each: whole(name, each, "avif") for each in widths(width)}
    webp = {each: whole(name, each, "webp") for each in widths(width)}
    webp[first_one] = first(name)
    return {
        "src": url(first(name), key),
        "avif": _srcset(avif, key),
        "webp": _srcset(webp, key),
    }


def _srcset(names, key):
    return ", ".join(f"{url(name, key)} {width}w" for width, name in names.items())


def social_picture(snapshot):
    """The path, size and type of the picture for links shared elsewhere, cut around its focal point."""
    width, height, formats = SHAPES["social"]
    focus = snapshot.get("focus_x", 50), snapshot.get("focus_y", 50)
    box = crop_box((snapshot["width"], snapshot["height"]), width / height, focus)
    size = drawn_size((box[2] - box[0], box[3] - box[1]), width)
    return {
        "path": url(crop(snapshot["name"], "social", focus, formats[0])),
        "width": size[0],
        "height": size[1],
        "type": TYPES[formats[0]],
        "alt": snapshot.get("alt", ""),
    }


def make_key(name):
    """A key that opens the renditions of the picture ``name`` for an hour, published or not."""
    return _signer.sign(name).removeprefix(f"{name}:")


def key_fits(key, name):
    try:
        _signer.unsign(f"{name}:{key}", max_age=KEY_AGE)
    except signing.BadSignature:
        return False
    return True


def video_urls(video):
    """Where the files of a frozen video are loaded from; "" for each that it does not have."""
    files = {key: video[key].rpartition("/")[2] for key in ["name", "captions"]}
    urls = {
        key: name and reverse("video_file", args=[name]) for key, name in files.items()
    }
    poster = video["poster"] and url(first(video["poster"]))
    return {**urls, "poster": poster}
