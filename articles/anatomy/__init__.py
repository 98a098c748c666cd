"""Drawings of what is sore in a knee, in layers: the parts and the drawings are data, in ``knee.toml``."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kneecare.core.first_content import read

SORE = "sore"  # the layer that is lit


@dataclass(frozen=True)
class Layer:
    """``kind`` is what it is made of, as its style; ``path`` is empty for the place that is lit, which is an ellipse."""

    kind: str
    path: str
    is_lit: bool


@dataclass(frozen=True)
class Name:
    """What is named: its number stands at ``x`` and ``y``, and a line leads from there to the part itself."""

    words: str
    x: int
    y: int
    part_x: int
    part_y: int


@dataclass(frozen=True)
class Drawing:
    title: str
    seen: str
    box: str
    icon_box: str
    layers: list[Layer]
    sore: list[int]
    names: list[Name]


@cache
def knee() -> dict[str, Any]:
    return read(Path(__file__).with_name("knee.toml"))


def choices() -> list[tuple[str, str]]:
    return [(key, drawing["title"]) for key, drawing in knee()["drawings"].items()]


@cache
def drawing_of(key: str) -> Drawing | None:
    """The drawing that is called ``key``; ``None`` for one that there is not, such as none."""
    data = knee()["drawings"].get(key)
    if data is None:
        return None
    view = knee()["views"][data["view"]]
    left, top, size = data["icon"]
    return Drawing(
        title=data["title"],
        seen=view["words"],
        box=view["box"],
        icon_box=f"{left} {top} {size} {size}",
        layers=[_layer(name, data) for name in data["layers"]],
        sore=data.get("sore", []),
        names=[Name(*row) for row in data["names"]],
    )


def _layer(name: str, data: dict[str, Any]) -> Layer:
    if name == SORE:
        return Layer(SORE, "", is_lit=True)
    kind, path = knee()["parts"][name]
    return Layer(kind, path, is_lit=name in data.get("lit", "").split())
