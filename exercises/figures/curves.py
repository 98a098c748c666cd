"""Smooth closed curves through points: Catmull-Rom splines, written as the Bézier curves that SVG knows."""

Point = tuple[float, float]


def _segments(points: list[Point]):
    """``(start, first handle, second handle, end)`` from each point to the next, round to the first."""
    count = len(points)
    for i in range(count):
        before, start, end, after = (
            points[(i + step) % count] for step in (-1, 0, 1, 2)
        )
        yield start, _handle(start, before, end), _handle(end, after, start), end


def _handle(at: Point, behind: Point, ahead: Point) -> Point:
    return at[0] + (ahead[0] - behind[0]) / 6, at[1] + (ahead[1] - behind[1]) / 6


def sampled(points: list[Point], steps: int = 4) -> list[Point]:
    """Points on the curve, ``steps`` from each given one to the next."""
    return [
        _bezier(segment, step / steps)
        for segment in _segments(points)
        for step in range(steps)
    ]


def hull(points: list[Point]) -> list[Point]:
    """Those of ``points``, two or more, that can be farthest in some direction (Andrew's monotone chain)."""
    ordered = sorted(set(points))
    return _chain(ordered) + _chain(reversed(ordered))


def _chain(points):
    kept: list[Point] = []
    for x, y in points:
        while len(kept) > 1 and _turns_in(kept[-2], kept[-1], (x, y)):
            kept.pop()
        kept.append((x, y))
    return kept[:-1]


def _turns_in(first, second, third):
    across = (second[0] - first[0], second[1] - first[1])
    along = (third[0] - first[0], third[1] - first[1])
    return across[0] * along[1] <= across[1] * along[0]


def _bezier(segment, share):
    rest = 1 - share
    weights = rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3
    x = sum(weight * point[0] for weight, point in zip(weights, segment, strict=True))
    y = sum(weight * point[1] for weight, point in zip(weights, segment, strict=True))
    return x, y


def path(points: list[Point]) -> str:
    """The curve as the ``d`` of an SVG path, to a millimetre: less than a pixel at the size of a whole screen.

    Each step starts where the last one came to by rounding, so that what was rounded off does not add up.
    """
    pen = _rounded(points[0])
    pieces = [f"M{number(pen[0], 1)} {number(pen[1], 1)}"]
    for _, first, second, end in _segments(points):
        pieces.append("c" + " ".join(_relative(pen, first, second, end)))
        pen = _rounded(end)
    return "".join(pieces) + "z"


def _rounded(point):
    return round(point[0], 1), round(point[1], 1)


def _relative(start, *points):
    return [
        number(at - origin, 1)
        for point in points
        for at, origin in zip(_rounded(point), start, strict=True)
    ]


def number(value: float, digits: int = 2) -> str:
    """As short as it can be written: "0.5", "-3", "0"."""
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:.0f}"
    return "0" if text in {"-0", ""} else text
