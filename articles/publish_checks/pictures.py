"""Each picture says what it shows, for people who cannot see it."""

import re

from articles.publish_checks.finding import advice, error

FILE_NAME = re.compile(
    r"\S+\.(?:jpe?g|png|webp|gif|heic|avif)|(?:img|dsc|image|photo)[\W_]*\d*", re.I
)
EMPTY_START = re.compile(
    r"(?:an? )?(?:picture|photo|image|photograph) (?:of|showing)\b", re.I
)


def check_pictures(copy):
    for block in copy.blocks:
        if hasattr(block, "alt"):
            yield from _alt(block, " ".join(block.alt.split()))


def _alt(block, alt):
    if not alt:
        yield error("A picture has no description.", block, "alt")
    elif FILE_NAME.fullmatch(alt):
        text = f"“{alt}” is a file's name. Say what the picture shows."
        yield error(text, block, "alt")
    elif EMPTY_START.match(alt):
        text = f"“{alt}”: start with what it shows. Screen readers say “image” anyway."
        yield advice(text, block, "alt")
