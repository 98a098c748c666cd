"""Reading the text that a new site starts with: TOML files beside the app that they belong to.

They come in packs. ``own`` is what the clinic itself has said, and is always there. The starter packs hold pages of public
sources that no clinician has reviewed: a clinic takes or leaves them. A page of ``library`` stands in for one of ``own`` with
the same name, which says less.
"""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

OWN, EXERCISES, ARTICLES = "own", "exercises", "articles"
PACKS = [OWN, EXERCISES, ARTICLES]
OF_THE_CLINIC, LIBRARY = "own", "library"  # folders


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def read_pages(folders: Iterable[Path]) -> dict[str, dict[str, Any]]:
    """Each file in ``folders`` as a page with the file's name as its ``slug``; of two pages of one name the later one."""
    paths = [path for each in folders for path in sorted(each.rglob("*.toml"))]
    return {
        path.stem: {
            **read(path),
            "slug": path.stem,
            "is_own": OF_THE_CLINIC in path.parts,
        }
        for path in paths
    }


def joined(rows: Iterable[str]) -> str:
    """A list as a model keeps it: one row a line."""
    return "\n".join(rows)
