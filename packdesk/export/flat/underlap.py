"""Strips by which a panel's artwork runs on under its neighbour's.

Two areas that end at one line are each smoothed there, and the paper shows through between them: a white
hairline along every crease in most programs. So the one that is drawn first goes on a little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.curves import Path, Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from packdesk.domain.curves import Point2

UNDER_MM = 0.3
"""How far: more than a pixel of a screen, less than a creasing rule is thick."""
_SAME = 1e-6


def strips_under(outline: Path, later: Iterable[Path]) -> tuple[Path, ...]:
    """Rectangles over the edges an outline shares with those that are drawn after it.

    They lie on both sides of the edge and turn as the outline does, so that all of it is one area by the
    nonzero rule. Only upright and level edges are looked at: creases between panels are.

    Args:
        outline: closed.
        later: closed outlines that do not overlap it.
    """
    turn = _turn(outline)
    strips = (_strip(edge, turn) for other in later for edge in _shared(outline, other))
    return tuple(strips)


def _shared(outline: Path, other: Path) -> Iterator[tuple[Point2, Point2]]:
    for one in outline.curves:
        for two in other.curves:
            if isinstance(one, Segment) and isinstance(two, Segment):
                for axis in (0, 1):
                    yield from _common(one, two, axis)


def _common(one: Segment, two: Segment, axis: int) -> Iterator[tuple[Point2, Point2]]:
    """What of two edges lies at one place of an axis."""
    places = [point[axis] for edge in (one, two) for point in (edge.start, edge.end)]
    if max(places) - min(places) > _SAME:
        return
    spans = [sorted((edge.start[1 - axis], edge.end[1 - axis])) for edge in (one, two)]
    start, end = max(span[0] for span in spans), min(span[1] for span in spans)
    if end - start > _SAME:
        first, last = (places[0], start), (places[0], end)
        yield (first, last) if axis == 0 else (first[::-1], last[::-1])


def _strip(edge: tuple[Point2, Point2], turn: float) -> Path:
    (left, top), (right, bottom) = edge
    upright = left == right
    across, down = (UNDER_MM, 0.0) if upright else (0.0, UNDER_MM)
    left, right, top, bottom = left - across, right + across, top - down, bottom + down
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    if turn < 0:
        corners.reverse()
    around = zip(corners, (*corners[1:], corners[0]), strict=True)
    return Path(tuple(Segment(*start, *end) for start, end in around), closed=True)


def _turn(outline: Path) -> float:
    """Above zero for an outline that turns as its strips do (the shoelace formula)."""
    points = [curve.start for curve in outline.curves]
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, (*points[1:], points[0]), strict=True))
