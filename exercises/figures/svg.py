"""A body in its place, as SVG. Each outline is drawn once; a pose says where each of them goes."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from exercises.figures.contacts import Settled
from exercises.figures.curves import Point, number, path, sampled
from exercises.figures.outlines import MUSCLES, OUTLINES
from exercises.figures.skeleton import (
    ANKLE_HEIGHT,
    ANKLE_TO_BALL,
    HALF_HIPS,
    SIDES,
    TOES,
    Frame,
    Vector,
)

DEPTH = (
    0.3  # how far, seen from the side, the far half of the body is moved to the front
)
Matrix = tuple[float, float, float, float, float, float]


class Piece(NamedTuple):
    """Outlines that move as one, each with the class that colours it."""

    segment: str  # whose frame carries it; "right_pelvis" is the pelvis, mirrored
    name: str
    outlines: list[tuple[str, str]]


def project(vector: Vector, view: str) -> Point:
    """Where a point in space is on paper; y runs down."""
    x, y, z = vector
    far = max(-HALF_HIPS, min(x, HALF_HIPS))
    across = {"side": z + DEPTH * far, "front": x, "back": -x}[view]
    return across, -y


def pieces(view: str, muscles: tuple[str, ...]) -> Iterator[Piece]:
    """What a body is drawn of, from back to front."""
    if view == "side":
        yield from _arm("left", far="far-")
        yield from _leg("left", view, muscles, far="far-")
        yield from _leg("right", view, muscles)
        yield from _trunk()
        yield from _at_work("right", view, muscles)
        yield from _halo("right")
        yield from _arm("right")
        return
    for side in SIDES:
        yield from _arm(side)
        yield from _leg(side, view, muscles)
    yield from _trunk()
    for side in SIDES:
        yield from _at_work(side, view, muscles)


def _trunk():
    yield Piece("neck", "neck", [("body", "neck")])
    yield Piece("head", "head", [("body", "head"), ("hair", "hair")])
    yield Piece("pelvis", "pelvis", [("shorts", "pelvis")])
    yield Piece("chest", "chest", [("wear", "chest")])


def _arm(side, far=""):
    skin = far or "body-"
    yield Piece(f"{side}_forearm", f"{far}forearm", [(skin[:-1], "forearm")])
    yield Piece(
        f"{side}_upper_arm",
        f"{far}arm",
        [(skin[:-1], "upper_arm"), (f"{far}wear", "sleeve")],
    )


def _halo(side):
    """A clear edge between an arm and the trunk behind it."""
    yield Piece(
        f"{side}_upper_arm", "halo-arm", [("halo", "upper_arm"), ("halo", "sleeve")]
    )
    yield Piece(f"{side}_forearm", "halo-forearm", [("halo", "forearm")])


def _leg(side, view, muscles, far=""):
    skin = (far or "body-")[:-1]
    for part in (
        ("toes", "foot", "shank", "thigh")
        if view == "side"
        else ("foot", "shank", "thigh")
    ):
        worn = [(f"{far}shorts", "shorts")] if part == "thigh" else []
        worked = [("work", name) for name in _worked(side, part, view, muscles)]
        name = f"{far or side + '-'}{part}" if worked else f"{far}{part}"
        yield Piece(f"{side}_{part}", name, [(skin, part), *worn, *worked])


def _at_work(side, view, muscles):
    for name in _worked(side, "pelvis", view, muscles):
        yield Piece(
            "right_pelvis" if side == "right" else "pelvis", name, [("work", name)]
        )


def _worked(side, segment, view, muscles):
    """Muscles of one side that lie on ``segment``."""
    for name, muscle in MUSCLES[view].items():
        if muscle.segment == segment and (
            name in muscles or f"{side} {name}" in muscles
        ):
            yield name


def outline(shape: str, view: str) -> list[Point]:
    muscle = MUSCLES[view].get(shape)
    return muscle.outline if muscle else OUTLINES[view][shape]


def _frame(frames: dict[str, Frame], segment: str) -> Frame:
    """A segment's frame; "right_pelvis" is the pelvis, mirrored."""
    return (
        frames[segment] if segment in frames else frames[segment.removeprefix("right_")]
    )


def matrix(frames: dict[str, Frame], segment: str, view: str) -> Matrix:
    """What takes an outline of ``segment`` from its own frame to paper."""
    frame = _frame(frames, segment)
    x, y = project(frame.origin, view)
    along, across = frame.axis, frame.forward
    if view != "side":
        sign = -1 if segment.startswith("right_") else 1
        a, b, c = frame.lateral
        across = (sign * a, sign * b, sign * c)
        along = _foreshortened(frame) if segment.endswith("_foot") else along
    return *project(along, view), *project(across, view), x, y


def _foreshortened(foot: Frame) -> Vector:
    """From the front a foot reaches from the ankle down to whatever part of it is lowest."""
    sole = -ANKLE_HEIGHT
    parts = [
        foot.at(-4, sole),
        foot.at(ANKLE_TO_BALL, sole),
        foot.at(ANKLE_TO_BALL + TOES, sole),
    ]
    lowest = min(parts, key=lambda part: part[1])
    x, y, z = (to - start for to, start in zip(lowest, foot.origin, strict=True))
    return x / -sole, y / -sole, z / -sole


def drawn_points(
    settled: Settled, view: str, muscles: tuple[str, ...] = ()
) -> list[Point]:
    """Every point of every outline, on paper."""
    points = []
    for piece in pieces(view, muscles):
        a, b, c, d, e, f = matrix(settled.frames, piece.segment, view)
        for _, shape in piece.outlines:
            points += [
                (a * u + c * v + e, b * u + d * v + f) for u, v in _sampled(shape, view)
            ]
    return points


@cache
def _sampled(shape, view):
    return sampled(outline(shape, view))


def definitions(view: str, muscles: tuple[str, ...], uid: str) -> SafeString:
    """Every piece once, to be used by each body."""
    found = {piece.name: piece.outlines for piece in pieces(view, muscles)}
    groups = (
        (_id(uid, name), _paths(outlines, view)) for name, outlines in found.items()
    )
    return format_html(
        "<defs>{}</defs>", format_html_join("", '<g id="{}">{}</g>', groups)
    )


def _paths(outlines, view):
    drawn = ((kind, path(outline(shape, view))) for kind, shape in outlines)
    return format_html_join("", '<path class="figure__{}" d="{}"/>', drawn)


def figure(
    settled: Settled, view: str, muscles: tuple[str, ...], uid: str
) -> SafeString:
    """One body: uses of its pieces, from back to front."""
    uses = (
        (_id(uid, piece.name), _numbers(settled, piece, view))
        for piece in pieces(view, muscles)
    )
    return format_html_join("", '<use href="#{}" transform="matrix({})"/>', uses)


def drawn(settled: Settled, view: str, muscles: tuple[str, ...]) -> SafeString:
    """One body on its own, without ids."""
    groups = (
        (_numbers(settled, piece, view), _paths(piece.outlines, view))
        for piece in pieces(view, muscles)
    )
    return format_html_join("", '<g transform="matrix({})">{}</g>', groups)


def _numbers(settled, piece, view):
    turn = matrix(settled.frames, piece.segment, view)
    return " ".join(number(value, 3 if i < 4 else 1) for i, value in enumerate(turn))


def _id(uid, name):
    return f"{uid}-{name.replace(' ', '-')}"
