"""The shapes of a box's flaps, drawn above a level edge from (0, 0) to (length, 0).

As is common practice for folding cartons with tuck ends, a glue flap tapers by 15 degrees, a tuck flap has
round corners, a dust flap is tapered towards the lid's hinge and has a shoulder towards the tuck flap. Where
a lid is glued on instead, all flaps below it are rectangles, as in public drawings of ECMA A10 and FEFCO 0201
(guyhan76/Packive, `public/dielines`). The ear of a mailer's lid is round towards its front: it turns in with
the lid.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from packdesk.domain.curves import Arc
from packdesk.domain.dieline.outline import mirrored, polyline, rounded

if TYPE_CHECKING:
    from packdesk.domain.curves import Curve, Point2
    from packdesk.domain.dieline.tucks import TuckLock

Shape = tuple["Curve", ...]

LEAST_MM = 1.0
"""A flap that would be shallower or narrower is left off: it cannot be folded."""

_TAPER = math.tan(math.radians(15))
_EAR_SHARE = 0.7
"""How far an ear reaches of its own width at most: half of its end stays straight."""
GLUE_LENGTH = {False: 4 * _TAPER, True: 8 / 3}
"""How much longer than wide a tapered glue flap is at least, and a mitred one."""


def glue_flap(
    length: float, reach: float, gap: float = 0.0, steep: float = 0.0, *, steep_at_start: bool = False
) -> Shape:
    """A flap along an edge but for its ends, tapered by 15 degrees; it never takes half the edge off.

    Args:
        length: of the edge.
        reach: its depth, where there is room for it.
        gap: what stays free at both ends.
        steep: how much one end tapers for each millimetre of depth, if that is more.
        steep_at_start: which end that is.
    """
    tapers = [max(steep, _TAPER), _TAPER] if steep_at_start else [_TAPER, max(steep, _TAPER)]
    width = min(reach, (length - 2 * gap) / 2 / sum(tapers))
    if width < LEAST_MM:
        return ()
    first, last = (gap + width * taper for taper in tapers)
    return polyline([(gap, 0.0), (first, -width), (length - last, -width), (length - gap, 0.0)])


def mitred_flap(length: float, reach: float, gap: float) -> Shape:
    """A glue flap tapered by 45 degrees, so that two of them meet in a corner without overlapping."""
    width = min(reach, (length - 2 * gap) * 3 / 8)
    if width < LEAST_MM:
        return ()
    inset = gap + width
    return polyline([(gap, 0.0), (inset, -width), (length - inset, -width), (length - gap, 0.0)])


def tuck_flap(length: float, reach: float, gap: float, knife: float = 0.0) -> Shape:
    """A flap with two round corners that slips in beside the walls.

    Its sides are straight for half of its depth at least, and so is half of its end: that guides it, and
    holds it in the middle. They stay as straight as a knife.
    """
    wide = length - 2 * gap
    if reach < LEAST_MM or wide < LEAST_MM:
        return ()
    radius = min(reach / 2, wide / 4, max(reach - knife, 0.0))
    return rounded(
        [(gap, 0.0), (gap, -reach), (length - gap, -reach), (length - gap, 0.0)], (0.0, radius, radius, 0.0)
    )


def dust_flap(
    length: float,
    reach: float,
    gap: float,
    far_gap: float | None = None,
    *,
    lid_at_start: bool,
    knife: float = 0.0,
    lock: TuckLock | None = None,
) -> Shape:
    """A flap below the lid: tapered beside the lid's hinge, with a shoulder beside the tuck flap.

    Args:
        length: of the edge it hangs on.
        reach: how far it reaches over the opening.
        gap: what stays free of the edge beside the lid's hinge.
        far_gap: what stays free at its other end; as much by default.
        lid_at_start: whether the lid hangs at the start of the edge.
        knife: the least length of a straight piece.
        lock: of the tuck flap, into whose slit its edge goes.
    """
    far_gap = gap if far_gap is None else far_gap
    usable = length - gap - far_gap
    if reach < LEAST_MM or usable < 2 * LEAST_MM:
        return ()
    taper, end = min(reach * _TAPER, usable / 4), length - far_gap
    shoulder, step = _beside_tuck(usable, reach, knife, lock)
    points: list[Point2] = [
        (gap, 0.0),
        (gap + taper, -reach),
        (end - shoulder, -reach),
        (end - shoulder, -step - shoulder),
        (end, -step),
        (end, 0.0),
    ]
    radii = [0.0, reach / 8, reach / 4, shoulder / 4, 0.0, 0.0]
    if not lid_at_start:
        points = [(length - x, y) for x, y in reversed(points)]
        radii.reverse()
    return rounded(points, radii)


def _beside_tuck(usable: float, reach: float, knife: float, lock: TuckLock | None) -> Point2:
    """How far a dust flap's shoulder stands back from the tuck flap, and where it begins."""
    shoulder, step = min(usable / 6, reach / 3), max(reach / 12, knife)
    if lock:
        # No longer than the slit is, or the rest of it would stand in the tuck flap.
        shoulder, step = min(max(shoulder, lock.shoulder), usable / 2), min(lock.edge, reach / 2)
    return shoulder, step


def ear_flap(length: float, reach: float, gap: float, *, lid_at_start: bool) -> Shape:
    """An ear of a lid that closes with its ears folded in: all of it keeps within the reach of its end.

    Towards the front it is an arc about the lid's hinge, on which the whole ear turns while the lid closes,
    so what has room for the ear's end has room for all of it, however high the box. Towards the back it is
    tapered as a dust flap.

    Args:
        length: of the lid's edge it hangs on, from the lid's hinge to its crease in front.
        reach: how far it goes down, if that is not more than 0.7 of its width.
        gap: what stays free of the edge at both ends.
        lid_at_start: whether the lid's hinge is at the start of the edge.
    """
    radius = length - gap
    reach = min(reach, _EAR_SHARE * (radius - gap))
    if reach < LEAST_MM or radius - gap < 2 * LEAST_MM:
        return ()
    taper, corner = min(reach * _TAPER, (radius - gap) / 4), reach / 4
    # The corner's circle touches the arc from within and the lower end.
    x, y = math.sqrt((radius - corner) ** 2 - (reach - corner) ** 2), corner - reach
    up = math.degrees(math.atan2(-y, x))
    back = rounded([(gap, 0.0), (gap + taper, -reach), (x, -reach)], (0.0, reach / 8, 0.0))
    shape = (*back, Arc(x, y, corner, -90.0, 90.0 - up), Arc(0.0, 0.0, radius, -up, up))
    return shape if lid_at_start else mirrored(shape, length)


def hang_tab(length: float, reach: float) -> Shape:
    """A wall that goes on beyond its edge, with round corners."""
    if reach < LEAST_MM:
        return ()
    radius = min(reach, length) / 4
    corners = [(0.0, 0.0), (0.0, -reach), (length, -reach), (length, 0.0)]
    return rounded(corners, (0.0, radius, radius, 0.0))


def seal_flap(length: float, reach: float, gap: float, end_gap: float | None = None) -> Shape:
    """A rectangle: a flap as wide as its lid, onto which that is glued, or one below it.

    Args:
        length: of the edge it hangs on.
        reach: its depth.
        gap: what stays free of the edge's start.
        end_gap: of its end; as much by default.
    """
    end = length - (gap if end_gap is None else end_gap)
    if reach < LEAST_MM or end - gap < LEAST_MM:
        return ()
    return polyline([(gap, 0.0), (gap, -reach), (end, -reach), (end, 0.0)])
