"""The site's letters: faces of packages, cut down to the signs that its languages use; to be served, and to print with.

They are made when static files are collected, and kept under a key of all that they are made of.
"""

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

import fontpkg_atkinson_hyperlegible as atkinson
import fontpkg_source_serif_4 as serif
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SERVED, PRINTED = "woff2", "ttf"
# English, and the letters and signs of Western Europe: names of people, and Spanish.
SIGNS = "".join(
    [
        *map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100)]),
        "–—‘’‚“”„†•…‹›€™−≤≥≈",  # noqa: RUF001 - signs that texts are typeset with
    ]
)
# By their numbers in a font: copyright, version, license; family and full name, its short form, and the last family.
KEPT_NAMES, FAMILY_NAMES = (0, 5, 13, 14), (1, 3, 4, 6, 16)
FEATURES = ["kern", "liga", "lnum", "tnum"]


@dataclass(frozen=True)
class Face:
    """A ``file`` of a package; of a variable one, the one face at ``axes``. What reserves its name goes by ``family``."""

    name: str
    package: str
    file: str
    axes: dict[str, float] = field(default_factory=dict)
    family: str = ""


ATKINSON, SERIF = atkinson.__name__, serif.__name__
FACES = [
    Face("text", ATKINSON, "AtkinsonHyperlegible-Regular.ttf"),
    Face("text-bold", ATKINSON, "AtkinsonHyperlegible-Bold.ttf"),
    Face("text-italic", ATKINSON, "AtkinsonHyperlegible-Italic.ttf"),
    Face(
        "heading",
        SERIF,
        "SourceSerif4[opsz,wght].ttf",
        {"wght": 600, "opsz": 36},
        "KneeCare Serif",
    ),
]


class FontFinder(BaseFinder):
    """Finds the faces as static files: ``fonts/text.woff2``."""

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        wanted = path in {f"fonts/{face.name}.{SERVED}" for face in FACES}
        found = [str(folder() / path)] if wanted else []
        return found if find_all else next(iter(found), [])

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        storage = FileSystemStorage(location=folder())
        for face in FACES:
            yield f"fonts/{face.name}.{SERVED}", storage


@cache
def folder() -> Path:
    """The folder that holds them: ``fonts`` to serve, ``print`` to print with. Made where there is none."""
    made = Path(settings.FONT_ROOT) / _key()
    if not made.exists():
        made.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=made.parent))
        try:
            for face in FACES:
                _make(face, fresh)
            _put_in_place(fresh, made)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    return made


def _key() -> str:
    names = [name.replace("_", "-") for name in [ATKINSON, SERIF, "fonttools"]]
    packages = [f"{name} {version(name)}" for name in names]
    return sha256(repr([packages, FACES, SIGNS, FEATURES]).encode()).hexdigest()[:12]


def _put_in_place(fresh: Path, made: Path) -> None:
    """Of two processes that make them at once, one is first; both have made the same."""
    try:
        os.rename(fresh, made)
    except OSError:
        if not made.exists():
            raise


def source(face: Face) -> Path:
    """The file of the package."""
    return Path(str(files(face.package) / "files" / face.file))


def _make(face: Face, into: Path) -> None:
    # Megabytes that no process of the site needs once they are made.
    from fontTools import subset  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from fontTools.varLib import instancer  # noqa: PLC0415

    logging.getLogger("fontTools").setLevel(logging.WARNING)
    font = TTFont(source(face), lazy=True)
    options = subset.Options(layout_features=FEATURES, hinting=False)
    options.name_IDs = [*KEPT_NAMES, *FAMILY_NAMES, 2]
    options.drop_tables += ["STAT", "MVAR", "meta"]
    cutter = subset.Subsetter(options)
    cutter.populate(text=SIGNS)
    cutter.subset(font)
    if face.axes:
        font = instancer.instantiateVariableFont(font, face.axes, inplace=True)
    # With the time in them the same letters would have another hash on each machine.
    font.recalcTimestamp = False
    if face.family:
        _rename(font, face.family)
    for place, flavor in {"print": None, "fonts": SERVED}.items():
        (into / place).mkdir(exist_ok=True)
        font.flavor = flavor
        font.save(into / place / f"{face.name}.{flavor or PRINTED}")
    font.close()


def _rename(font: Any, family: str) -> None:
    """The license lets what was changed go by no name that its makers reserved."""
    for record in font["name"].names:
        if record.nameID in FAMILY_NAMES:
            is_short = record.nameID in (3, 6)
            record.string = family.replace(" ", "") if is_short else family
