"""A body in its place, as SVG. Each outline is drawn once; a pose says where each of them goes."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from exercises.figures import projection
from exercises.figures.aids import AIDS, lies
from exercises.figures.contacts import Settled
from exercises.figures.curves import Point, number, path, sampled
from exercises.figures.outlines import HAIR, MUSCLES, OUTLINES
from exercises.figures.projection import FEET, Matrix
from exercises.figures.skeleton import SIDES, Frame


class Piece(NamedTuple):
    """Outlines that move as one, each with the class that colours it."""

    segment: str  # whose frame carries it; "right_pelvis" is the pelvis, mirrored
    name: str
    outlines: list[tuple[str, str]]


def pieces(
    view: str, muscles: tuple[str, ...], worn: tuple[str, ...] = ()
) -> Iterator[Piece]:
    """What a body is drawn of, from back to front, with what it wears and holds."""
    held = [Piece(aid, aid, [(aid, aid)]) for aid in worn if aid in AIDS]
    hair = next((hair for hair in worn if hair in HAIR), "hair")
    if view.startswith("side"):
        yield from _arm("left", far="far-")
        yield from _leg("left", view, muscles, far="far-")
        yield from held
        yield from _leg("right", view, muscles)
        yield from _trunk(view, hair)
        yield from _at_work("right", view, muscles)
        yield from _halo("right")
        yield from _arm("right")
        return
    for side in SIDES:
        yield from _arm(side)
        yield from _leg(side, view, muscles)
    yield from _trunk(view, hair)
    for side in SIDES:
        yield from _at_work(side, view, muscles)
    yield from held


def _trunk(view, hair):
    seen = (
        [] if view == "back" else ["eye", "other_eye"][: 1 + view.startswith("front")]
    )
    face = [("face", eye) for eye in seen]
    yield Piece("neck", "neck", [("body", "neck")])
    yield Piece("head", "head", [("body", "head"), *face, ("hair", hair)])
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
        ("foot", "shank", "thigh")
        if not view.startswith("side")
        else ("toes", "foot", "shank", "thigh")
    ):
        dress = [(f"{far}shorts", "shorts")] if part == "thigh" else []
        worked = [("work", name) for name in _worked(side, part, view, muscles)]
        shown = f"{far}shoe" if part in FEET else skin
        name = f"{far or side + '-'}{part}" if worked else f"{far}{part}"
        yield Piece(f"{side}_{part}", name, [(shown, part), *dress, *worked])


def _at_work(side, view, muscles):
    for name in _worked(side, "pelvis", view, muscles):
        yield Piece(
            "right_pelvis" if side == "right" else "pelvis", name, [("work", name)]
        )


def _worked(side, segment, view, muscles):
    """Muscles of one side that lie on ``segment``."""
    for name, muscle in MUSCLES[view].items():
        faces_away = muscle.inner and view.startswith("side") and side == "right"
        if (
            muscle.segment == segment
            and not faces_away
            and (name in muscles or f"{side} {name}" in muscles)
        ):
            yield name


def person(worn: tuple[str, ...]) -> str:
    """The class that colours the one who is drawn."""
    return next((f" figure--{hair}" for hair in worn if hair in HAIR), "")


def outline(shape: str, view: str) -> list[Point]:
    muscle = MUSCLES[view].get(shape)
    return muscle.outline if muscle else OUTLINES[view][shape]


def _frame(frames: dict[str, Frame], segment: str) -> Frame:
    """A segment's frame; "right_pelvis" is the pelvis, mirrored."""
    return (
        frames[segment] if segment in frames else frames[segment.removeprefix("right_")]
    )


def matrix(frames: dict[str, Frame], segment: str, view: str) -> Matrix:
    """What takes an outline of ``segment``, or of an aid, to paper."""
    if segment in AIDS:
        return lies(frames, segment, view)
    return projection.matrix(_frame(frames, segment), segment, view)


def drawn_points(
    settled: Settled,
    view: str,
    muscles: tuple[str, ...] = (),
    worn: tuple[str, ...] = (),
) -> list[Point]:
    """Every point of every outline, on paper."""
    points = []
    for piece in pieces(view, muscles, worn):
        a, b, c, d, e, f = matrix(settled.frames, piece.segment, view)
        for _, shape in piece.outlines:
            points += [
                (a * u + c * v + e, b * u + d * v + f) for u, v in _sampled(shape, view)
            ]
    return points


@cache
def _sampled(shape, view):
    return sampled(outline(shape, view))


def definitions(
    view: str, muscles: tuple[str, ...], uid: str, worn: tuple[str, ...] = ()
) -> SafeString:
    """Every piece once, to be used by each body."""
    found = {piece.name: piece.outlines for piece in pieces(view, muscles, worn)}
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
    settled: Settled,
    view: str,
    muscles: tuple[str, ...],
    uid: str,
    worn: tuple[str, ...] = (),
) -> SafeString:
    """One body: uses of its pieces, from back to front."""
    uses = (
        (_id(uid, piece.name), _numbers(settled, piece, view))
        for piece in pieces(view, muscles, worn)
    )
    return format_html_join("", '<use href="#{}" transform="matrix({})"/>', uses)


def drawn(
    settled: Settled,
    view: str,
    muscles: tuple[str, ...],
    worn: tuple[str, ...] = (),
) -> SafeString:
    """One body on its own, without ids."""
    groups = (
        (_numbers(settled, piece, view), _paths(piece.outlines, view))
        for piece in pieces(view, muscles, worn)
    )
    return format_html_join("", '<g transform="matrix({})">{}</g>', groups)


def _numbers(settled, piece, view):
    turn = matrix(settled.frames, piece.segment, view)
    return " ".join(number(value, 3 if i < 4 else 1) for i, value in enumerate(turn))


def _id(uid, name):
    return f"{uid}-{name.replace(' ', '-')}"
