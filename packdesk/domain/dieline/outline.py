"""Outlines made of straight lines and true arcs: rounded, hinged on an edge, moved, measured, sampled."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, overload

from packdesk.domain.curves import Arc, Path, Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from packdesk.domain.curves import Curve, Point2

Box = tuple[float, float, float, float]

_NOTHING = 1e-9
_ARC_STEP = 3.75  # as fine as the meshes of geometry


def polyline(points: Sequence[Point2]) -> tuple[Segment, ...]:
    """Straight lines from each point to the next; those without a length are left out."""
    return tuple(Segment(*a, *b) for a, b in pairwise(points) if math.dist(a, b) > _NOTHING)


def polygon(points: Sequence[Point2]) -> Path:
    """The closed outline through the points."""
    return Path(polyline([*points, points[0]]), closed=True)


def rounded(points: Sequence[Point2], radii: Sequence[float]) -> tuple[Curve, ...]:
    """An open line through points whose corners are rounded by tangent arcs.

    Args:
        points: at least two.
        radii: one a point; those of the first and last do not count. A radius too large for the lines
            beside it becomes as large as they allow.
    """
    curves: list[Curve] = []
    here = points[0]
    for index in range(1, len(points) - 1):
        arc = _corner(points, radii, index)
        if arc is None:
            curves += polyline([here, points[index]])
            here = points[index]
        else:
            curves += [*polyline([here, arc.start]), arc]
            here = arc.end
    return (*curves, *polyline([here, points[-1]]))


def _corner(points: Sequence[Point2], radii: Sequence[float], index: int) -> Arc | None:
    """The arc that touches both lines of a corner; clockwise where the line turns right."""
    before, here, after = points[index - 1 : index + 2]
    heading = math.atan2(here[1] - before[1], here[0] - before[0])
    turn = math.remainder(math.atan2(after[1] - here[1], after[0] - here[0]) - heading, 2 * math.pi)
    slope = math.tan(abs(turn) / 2)
    last = len(points) - 1
    shared_in, shared_out = index > 1 and radii[index - 1] > 0, index + 1 < last and radii[index + 1] > 0
    room = min(
        math.dist(before, here) / (2 if shared_in else 1), math.dist(here, after) / (2 if shared_out else 1)
    )
    radius = min(radii[index], room / slope if slope else 0.0)
    if radius <= _NOTHING:
        return None
    back, side = radius * slope, math.copysign(radius, turn)
    x = here[0] - back * math.cos(heading) - side * math.sin(heading)
    y = here[1] - back * math.sin(heading) + side * math.cos(heading)
    start = math.degrees(heading) - math.copysign(90.0, turn)
    return Arc(x, y, radius, start, math.degrees(turn))


def hinged(curves: Iterable[Curve], edge: Segment) -> tuple[Curve, ...]:
    """Curves drawn above a level edge that starts at (0, 0), moved to lie to the left of another edge."""
    length = math.dist(edge.start, edge.end)
    right, down = (edge.x2 - edge.x1) / length, (edge.y2 - edge.y1) / length
    degrees = math.degrees(math.atan2(down, right))

    def moved_point(x: float, y: float) -> Point2:
        return edge.x1 + x * right - y * down, edge.y1 + x * down + y * right

    def moved_curve(curve: Curve) -> Curve:
        if isinstance(curve, Segment):
            return Segment(*moved_point(*curve.start), *moved_point(*curve.end))
        x, y = moved_point(curve.x, curve.y)
        return replace(curve, x=x, y=y, start_angle=curve.start_angle + degrees)

    return tuple(moved_curve(curve) for curve in curves)


def mirrored(curves: Sequence[Curve], length: float) -> tuple[Curve, ...]:
    """Curves above a level edge from (0, 0) to (length, 0), left and right changed; clockwise still."""

    def mirrored_curve(curve: Curve) -> Curve:
        if isinstance(curve, Segment):
            return Segment(length - curve.x2, curve.y2, length - curve.x1, curve.y1)
        return replace(curve, x=length - curve.x, start_angle=180.0 - curve.start_angle - curve.sweep)

    return tuple(mirrored_curve(curve) for curve in reversed(curves))


@overload
def shifted(curve: Segment, right: float, down: float) -> Segment: ...
@overload
def shifted(curve: Arc, right: float, down: float) -> Arc: ...
def shifted(curve: Curve, right: float, down: float) -> Curve:
    """The curve at another place."""
    if isinstance(curve, Segment):
        return Segment(curve.x1 + right, curve.y1 + down, curve.x2 + right, curve.y2 + down)
    return replace(curve, x=curve.x + right, y=curve.y + down)


def shared(line: Segment, edge: Segment) -> tuple[float, float] | None:
    """From where to where, along a line from its start, an edge lies on it; None if it is not all on it."""
    length = math.dist(line.start, line.end)
    right, down = (line.x2 - line.x1) / length, (line.y2 - line.y1) / length
    ends = []
    for x, y in (edge.start, edge.end):
        if abs((x - line.x1) * down - (y - line.y1) * right) > _NOTHING:
            return None
        ends.append((x - line.x1) * right + (y - line.y1) * down)
    begins, stops = min(ends), max(ends)
    return (begins, stops) if begins > -_NOTHING and stops < length + _NOTHING else None


def bounds(curves: Iterable[Curve]) -> Box:
    """Left, upper, right and lower end of what the curves reach."""
    points = [point for curve in curves for point in _extremes(curve)]
    return (
        min(x for x, _ in points),
        min(y for _, y in points),
        max(x for x, _ in points),
        max(y for _, y in points),
    )


def _extremes(curve: Curve) -> list[Point2]:
    if isinstance(curve, Segment):
        return [curve.start, curve.end]
    low, high = sorted((curve.start_angle, curve.start_angle + curve.sweep))
    quarters = range(math.ceil(low / 90), math.floor(high / 90) + 1)
    reach = ((1, 0), (0, 1), (-1, 0), (0, -1))
    crossed = [reach[quarter % 4] for quarter in quarters]
    return [
        curve.start,
        curve.end,
        *((curve.x + right * curve.radius, curve.y + down * curve.radius) for right, down in crossed),
    ]


def flattened(curves: Iterable[Curve]) -> list[Point2]:
    """The curves' points in order, arcs as chords of at most 3.75 degrees; the very last end is left out."""
    points: list[Point2] = []
    for curve in curves:
        if isinstance(curve, Segment):
            points.append(curve.start)
            continue
        steps = max(1, math.ceil(abs(curve.sweep) / _ARC_STEP))
        points += [curve.at(curve.start_angle + curve.sweep * step / steps) for step in range(steps)]
    return points
