"""The flaps of an auto-lock bottom (crash-lock), drawn above a level edge from (0, 0) to (length, 0).

Glued once in a machine, it is in place when the walls are set up. Each side flap, the outermost, has a crease
from the corner it shares with the front's or the back's flap, at 45 degrees: what lies beyond, its corner, is
glued with its inside to that flap's printed side. The two flaps are each deeper than half the box beside
their corner, and reach to its middle beyond: one goes over the other on one side and below it on the other.
Their deep parts end at the middle of the length, slanting at first, so that they slip past each other while
the bottom swings in. Where the box is folded flat its corner folds by half a turn, and the crease with it.

There the flap of the outer wall without a neighbour lies in that wall, where the glue flap is glued to it
next: both are cut off towards their corner, so that the glue flap never lies on the flap.

That an auto bottom has several flaps that make up the bottom by themselves once it is set up is said by
allpack.com, *Folding Carton Structures Defined*. Deep parts that end at the middle and ends cut off at 45
degrees beside the seam are as in public drawings of FEFCO 0711 and 0713; the lengths are of our own making.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.curves import Segment
from packdesk.domain.dieline.flaps import LEAST_MM
from packdesk.domain.dieline.outline import hinged, polygon, polyline
from packdesk.domain.dieline.plates import Plate, Role, Side

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from packdesk.domain.curves import Path, Point2
    from packdesk.domain.dieline.flaps import Shape
    from packdesk.domain.dimensions import Dimensions

LEAST_CORNER_MM = 6.0
"""The least a glued corner measures along its crease's two sides: narrower glue does not hold."""
_OVER_SHARE, _MOST_OVER = 1 / 8, 12.0
_LEAST_WIDTH = 20.0
_SLANT = 1 / 4
_GUIDE = 2 / 3
"""How much of what reaches beyond the middle slants, to slip past the other."""
_GLUE_RIM_MM = 2.0
"""How far glue stays from the crease of the corner that is glued on."""
_LOCKED = frozenset({Role.HOOK, Role.LOCK})


class Auto(NamedTuple):
    """Lengths in millimetres that the flaps share.

    Attributes:
        half: from a flap's crease to the middle of the box, where its other half ends.
        over: how far it reaches over that beside its corner.
        arm: how far the side flaps reach.
    """

    half: float
    over: float
    arm: float


def auto_of(size: Dimensions, gap: float) -> Auto:
    """The lengths for a box of that manufacturing size; flaps keep the gap from walls and each other.

    `over` is 0 where the walls are lower than the flaps: those lie on them while the box is flat.
    """
    width, height, depth = size.as_tuple()
    over = _over(depth)
    arm = min(depth / 2, (width - gap) / 2, height - gap)
    return Auto(depth / 2, over if depth / 2 + over <= height - gap else 0.0, arm)


def least_sides(depth: float, gap: float) -> tuple[float, float, float]:
    """The least width, height and depth of a box with room for the flaps; the height for that depth."""
    arm = gap + LEAST_CORNER_MM
    return max(2 * arm + gap, _LEAST_WIDTH + 2 * gap), depth / 2 + _over(depth) + gap, 2 * arm


def _over(depth: float) -> float:
    return min(_OVER_SHARE * depth, _MOST_OVER)


def lock_flap(length: float, ends: float, auto: Auto, *, corner_at_start: bool, at_seam: bool) -> Shape:
    """The flap of the front or back, deeper beside its glued corner.

    Args:
        length: of the edge it hangs on.
        ends: what it leaves free of that at both ends.
        auto: the lengths.
        corner_at_start: whether its corner is at the start of the edge.
        at_seam: whether the glue flap comes to lie beside its other end.
    """
    if auto.over < LEAST_MM or auto.arm < LEAST_CORNER_MM:
        return ()
    middle, deep, guide = length / 2, auto.half + auto.over, _guide(auto.over)
    last: list[Point2] = [(length - ends, 0.0)]
    far = length - ends - min(_SLANT * auto.half / 2, length / 8)
    if at_seam:
        far = length - ends - auto.half / seam_slope(length, auto)
    else:
        last.insert(0, (length - ends, -auto.half / 2))
    points = [
        (ends, 0.0),
        (ends, -deep),
        *([(middle - guide, -deep)] if guide else []),
        (middle, guide - deep),
        (middle, -auto.half),
        (far, -auto.half),
        *last,
    ]
    return polyline(points if corner_at_start else [(length - x, y) for x, y in reversed(points)])


def _guide(over: float) -> float:
    """How much of what reaches beyond the middle slants; what stays straight is no shorter than a knife."""
    guide = min(_GUIDE * over, over - LEAST_MM)
    return guide if guide >= LEAST_MM else 0.0


def seam_slope(length: float, auto: Auto) -> float:
    """How steep the flap's end beside the seam is: 1 for 45 degrees, more where its edge is short."""
    return max(1.0, auto.half / (length * 3 / 8))


def arm_flap(length: float, gaps: tuple[float, float], auto: Auto, *, corner_at_start: bool) -> Shape:
    """A side flap without its corner, which hangs on the slanting edge beside that.

    Args:
        length: of the edge it hangs on.
        gaps: what stays free of that beside its corner, and at the other end.
        auto: the lengths.
        corner_at_start: whether the edge starts at its corner.
    """
    near, end = gaps[0], length - gaps[1]
    top = min(auto.arm, end - LEAST_MM)
    if not auto.over or top - near < LEAST_CORNER_MM:
        return ()
    points = [(near, 0.0), (near, -near), (top, -top), (end, 0.0)]
    return polyline(points if corner_at_start else [(length - x, y) for x, y in reversed(points)])


def corner_on(arm: Plate) -> Plate:
    """The corner of a side flap: half a square beyond its slanting edge."""
    edge = arm.free[1]
    assert isinstance(edge, Segment)
    length = math.dist(edge.start, edge.end)
    free = hinged(polyline([(0.0, 0.0), (length / 2, -length / 2), (length, 0.0)]), edge)
    return Plate(f"{arm.plate_id}-{Role.CORNER}", Role.CORNER, free, arm.plate_id, None, edge)


class Bond(NamedTuple):
    """Where a corner is glued to.

    Attributes:
        flap: the one with the notch.
        along: from the upright crease beside it, as 1 or -1.
        crease: x of that on the sheet.
        near: how far from both creases the corner begins.
        far: how far from either it reaches, in millimetres.
    """

    flap: Plate
    along: float
    crease: float
    near: float
    far: float

    def area(self, inked: float) -> Path:
        """What of the flap takes glue, where artwork lies on so much of it from its crease."""
        assert self.flap.hinge is not None
        down = 1.0 if self.flap.side is Side.BOTTOM else -1.0
        left, _, right, _ = self.flap.box
        begins = max(self.near, inked, left - self.crease if self.along > 0 else self.crease - right)

        def at(beside: float, deep: float) -> Point2:
            assert self.flap.hinge is not None
            return self.crease + self.along * beside, self.flap.hinge.y1 + down * deep

        rim = min(_GLUE_RIM_MM * math.sqrt(2), (self.far - begins) / 4)
        corners = [at(begins + rim, begins), at(self.far, begins), at(self.far, self.far - rim)]
        return polygon(corners if down * self.along < 0 else corners[::-1])


def auto_rim(plates: Sequence[Plate]) -> float:
    """From a side flap to the glue beside it, at least; infinite without one."""
    return min((2 * bond.near for bond in bonds(plates)), default=math.inf)


def bonds(plates: Sequence[Plate]) -> Iterator[Bond]:
    """Where the corners of an auto-lock bottom are glued to, on the sheet."""
    named = {plate.plate_id: plate for plate in plates}
    for corner in plates:
        if corner.role is not Role.CORNER or corner.hinge is None or corner.parent is None:
            continue
        arm = named[corner.parent].hinge
        assert arm is not None
        near, far = sorted((corner.hinge.start, corner.hinge.end), key=lambda end: abs(end[1] - arm.y1))
        begins, reach = abs(near[1] - arm.y1), abs(far[1] - arm.y1)
        along = math.copysign(1.0, near[0] - far[0])  # the flap lies on the other side of the crease
        crease = near[0] + along * begins
        flaps = [plate for plate in plates if plate.role in _LOCKED]
        flap = min(flaps, key=lambda one: abs((one.box[0] + one.box[2]) / 2 - along * 1e-3 - crease))
        yield Bond(flap, along, crease, begins, reach)
