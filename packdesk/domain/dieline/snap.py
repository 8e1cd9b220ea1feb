"""The flaps of a snap-lock bottom (1-2-3 bottom), drawn above a level edge from (0, 0) to (length, 0).

First the catch folds in, with a notch in the middle of its end; then both sides, each with a long arm beside
the tongue's wall and cut off towards the catch's corner; last the flap of the tongue, which goes in at the
middle past the sides and through the notch, and comes to lie upon the catch. The arms lie on the catch's end
and are held from outside by the tongue's flap, as in public drawings of ECMA A55 and FEFCO 0215. The lengths
are of our own making: half the depth for what meets at the middle, three quarters for what reaches over it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.dieline.flaps import LEAST_MM
from packdesk.domain.dieline.outline import polyline, rounded

if TYPE_CHECKING:
    from packdesk.domain.dieline.flaps import Shape
    from packdesk.domain.dimensions import Dimensions

_OVER = 3 / 4
_SLANT = 1 / 4


class Snap(NamedTuple):
    """Lengths in millimetres that the flaps share.

    Attributes:
        half: from the catch's crease to the bottom of its notch, and the width of the sides' arms.
        over: from a crease to the end of the catch, and to the end of the tongue.
        meet: from the crease of the tongue's flap to where the tongue begins.
        notch: width of the notch.
        tongue: width of the tongue.
        long: how far a side reaches beside the tongue.
        short: how far it reaches where the tongue goes in past it.
    """

    half: float
    over: float
    meet: float
    notch: float
    tongue: float
    long: float
    short: float


def snap_of(size: Dimensions, gap: float) -> Snap:
    """The lengths for a box of that manufacturing size; flaps keep the gap from walls and each other."""
    width, _, depth = size.as_tuple()
    notch = (width - 4 * gap) / 2
    tongue = notch - 2 * gap
    beside = (width - max(tongue, 0.0)) / 2 - gap
    long = min(width / 2 - gap, beside + depth / 2)
    over = min(_OVER * depth, depth - 3 * gap)
    return Snap(depth / 2 - gap, over, depth / 2, notch, tongue, long, min(beside, long / 2))


def least_sides(gap: float) -> tuple[float, float]:
    """The least width and depth of a box with room for the flaps."""
    return 8 * gap + 2 * LEAST_MM, 4 * (gap + LEAST_MM)


def catch_flap(length: float, gap: float, snap: Snap) -> Shape:
    """The one with the notch."""
    left, right = (length - snap.notch) / 2, (length + snap.notch) / 2
    if min(left - gap, snap.notch, snap.half, snap.over - snap.half) < LEAST_MM:
        return ()
    end, step = -snap.over, -snap.half
    round_off = (snap.over - snap.half) / 3
    return rounded(
        [
            (gap, 0.0),
            (gap, end),
            (left, end),
            (left, step),
            (right, step),
            (right, end),
            (length - gap, end),
            (length - gap, 0.0),
        ],
        [0.0, _fitting(round_off, left - gap), 0.0, 0.0, 0.0, 0.0, _fitting(round_off, left - gap), 0.0],
    )


def tongue_flap(length: float, gap: float, snap: Snap) -> Shape:
    """The one with the tongue."""
    left, right = (length - snap.tongue) / 2, (length + snap.tongue) / 2
    if min(left - gap, snap.tongue, snap.meet, snap.over - snap.meet) < LEAST_MM:
        return ()
    meet, end = -snap.meet, -snap.over
    radius = _fitting((snap.over - snap.meet) / 2, snap.tongue / 2)
    return rounded(
        [
            (gap, 0.0),
            (gap, meet),
            (left, meet),
            (left, end),
            (right, end),
            (right, meet),
            (length - gap, meet),
            (length - gap, 0.0),
        ],
        [0.0, 0.0, 0.0, radius, radius, 0.0, 0.0, 0.0],
    )


def side_flap(length: float, gaps: tuple[float, float], snap: Snap, *, catch_at_start: bool) -> Shape:
    """One of the two between them.

    Args:
        length: of the edge it hangs on.
        gaps: what stays free of that beside the catch's wall, and beside the tongue's.
        snap: the lengths.
        catch_at_start: whether the edge starts at the catch's wall.
    """
    first, last = gaps
    step, end = length - snap.half, length - last
    if min(snap.short, snap.long - snap.short, step - first, end - step) < LEAST_MM:
        return ()
    points = [
        (first, 0.0),
        (step, -min(snap.short, step - first)),
        (step, -snap.long),
        (end - _SLANT * (end - step), -snap.long),
        (end, 0.0),
    ]
    if not catch_at_start:
        points = [(length - x, y) for x, y in reversed(points)]
    return polyline(points)


def _fitting(radius: float, room: float) -> float:
    """A radius that leaves a straight knife beside it."""
    return max(min(radius, room - LEAST_MM), 0.0)
