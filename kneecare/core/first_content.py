"""Reading the text that a new site starts with: TOML files beside the app that they belong to."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def joined(rows: Iterable[str]) -> str:
    """A list as a model keeps it: one row a line."""
    return "\n".join(rows)
