"""The outline of each segment, and of each muscle, as it is seen from the side, the front and the back: body.toml, read once."""

import tomllib
from pathlib import Path
from typing import NamedTuple

from exercises.figures.curves import Point

BODY = tomllib.loads(Path(__file__).with_name("body.toml").read_text(encoding="utf-8"))


class Muscle(NamedTuple):
    """``segment`` is the one it lies on, in whose frame the outline is. What is ``inner`` shows from the side on the far leg only."""

    segment: str
    outline: list[Point]
    inner: bool = False


def sleeve(
    stations: list[tuple[float, float, float]], start: float = 0.8, end: float = 0.8
) -> list[Point]:
    """An outline around a bone from ``(along, to the front, to the back)``; ``start`` and ``end`` round its two ends."""
    front = [(along, ahead) for along, ahead, _ in stations]
    back = [(along, -behind) for along, _, behind in stations]
    first, last = _cap(stations[0], -start), _cap(stations[-1], end)
    return [*first, *front, *reversed(last), *reversed(back)]


def _cap(station, roundness):
    along, ahead, behind = station
    reach = roundness * (ahead + behind) / 2
    return [
        (along + 0.72 * reach, -0.7 * behind),
        (along + reach, (ahead - behind) / 2),
        (along + 0.72 * reach, 0.7 * ahead),
    ]


def _outline(shape):
    if "points" in shape:
        return [(along, across) for along, across in shape["points"]]
    return sleeve(shape["sleeve"], shape.get("start", 0.8), shape.get("end", 0.8))


def _outlines(view):
    return {name: _outline(shape) for name, shape in BODY["outlines"][view].items()}


PEOPLE = ("short hair", "bob", "bun")  # each is known by the hair
HAIR = PEOPLE[1:]
SIDE: dict[str, list[Point]] = _outlines("side")
FRONT = SIDE | _outlines("front")
OUTLINES = {
    "side": SIDE,
    "side above": SIDE,
    "front": FRONT,
    "front above": FRONT | {"foot": SIDE["foot"]},
    "back": FRONT | _outlines("back"),
}
MUSCLES: dict[str, dict[str, Muscle]] = {
    view: {
        name: Muscle(muscle["segment"], _outline(muscle), muscle.get("inner", False))
        for name, muscle in muscles.items()
    }
    for view, muscles in BODY["muscles"].items()
}
MUSCLES |= {f"{view} above": MUSCLES[view] for view in ("side", "front")}
