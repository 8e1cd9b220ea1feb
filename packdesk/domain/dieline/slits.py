"""Creases of a blank, and the slits at the ends of a tuck flap's crease that keep it from slipping out.

A slit lock's go back 1.25 mm over the crease into the lid, as in the drawing `tucks` follows.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from packdesk.domain.curves import Arc, Path, Segment
from packdesk.domain.dieline.allowances import LEAST_KNIFE_MM
from packdesk.domain.dieline.outline import hinged, polyline, shared
from packdesk.domain.dieline.plates import UNCREASED, Role
from packdesk.domain.dieline.tucks import lock_on
from packdesk.domain.dieline.values import DielineStyle, Lock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from packdesk.domain.dieline.plates import Plate
    from packdesk.domain.dieline.values import DielineOptions
    from packdesk.domain.dimensions import Dimensions

_OVER_MM = 1.25
_FREE_MM, _FREE_SHARE = 6.35, 1 / 6
_HOLE_MM, _BESIDE_HOLE_MM, _LEAST_SCALE = (32.0, 10.0), 8.0, 0.6


def creases(
    plates: Sequence[Plate], options: DielineOptions, size: Dimensions, holes: Sequence[Path] = ()
) -> Iterator[Segment]:
    """Every crease of a blank, those of locked tuck flaps without their slits.

    Args:
        plates: of the blank.
        options: what else shapes it.
        size: of the package from crease to crease.
        holes: cut out of it; a crease that an edge of one lies on is left out there.
    """
    for plate in plates:
        if plate.hinge is None or plate.role in UNCREASED:
            continue
        long = slit_length(plate, options, size)
        yield from _beside(_middle(plate.hinge, long) if long else plate.hinge, holes)


def _beside(crease: Segment, holes: Iterable[Path]) -> Iterator[Segment]:
    """What of a crease is not an edge of a hole."""
    edges = (curve for hole in holes for curve in hole.curves if isinstance(curve, Segment))
    cut = sorted(part for edge in edges if (part := shared(crease, edge)))
    length, here = math.dist(crease.start, crease.end), 0.0
    for begins, ends in cut:
        yield _middle(crease, here, length - begins)
        here = ends
    yield _middle(crease, here, 0.0)


def slits(plates: Sequence[Plate], options: DielineOptions, size: Dimensions) -> Iterator[Path]:
    """The cuts inside a blank."""
    for plate in plates:
        long = slit_length(plate, options, size)
        if not long or plate.hinge is None:
            continue
        length = math.dist(plate.hinge.start, plate.hinge.end)
        lock = lock_on(plate, options, size)
        off = lock.shoulder if lock else 0.0
        back = _OVER_MM if off else 0.0
        for points in (
            [(0.0, -off), (long, -off), (long, back)],
            [(length, -off), (length - long, -off), (length - long, back)],
        ):
            yield Path(hinged(polyline(points), plate.hinge))


def hang_scale(tab: Plate) -> float:
    """How large a hang tab's hole is, of a euro slot's size; 0 where too little of it would be left.

    8 mm stay on either side, and of the tab's height two thirds.
    """
    left, top, right, bottom = tab.box
    scale = min(1.0, (right - left - 2 * _BESIDE_HOLE_MM) / _HOLE_MM[0], (bottom - top) / (3 * _HOLE_MM[1]))
    return scale if scale >= _LEAST_SCALE else 0.0


def hang_holes(plates: Iterable[Plate]) -> Iterator[Path]:
    """The hole of a hang tab, counter-clockwise: a euro slot, with its hump towards the tab's free end.

    32 mm wide and 10 mm high with its hump: the slot is 5 mm high and has round ends, the hump half a circle
    of 5 mm radius, as in a public drawing of ECMA A55 (guyhan76/Packive, `ecma-a55-hanger.svg`). Wikipedia's
    *Euroloch* gives 32 mm for EN 13010, too. It is made smaller where there is no room, but never below 0.6
    of that, our own limit: a hook has to go through.
    """
    for plate in plates:
        scale = hang_scale(plate) if plate.role is Role.HANG else 0.0
        if not scale:
            continue
        left, top, right, bottom = plate.box
        x, y = (left + right) / 2, (top + bottom) / 2
        hump, radius = _HOLE_MM[1] / 2 * scale, _HOLE_MM[1] / 4 * scale
        half = _HOLE_MM[0] / 2 * scale - radius
        near, far = (
            Arc(x - half, y + radius, radius, -90.0, -180.0),
            Arc(x + half, y + radius, radius, 90.0, -180.0),
        )
        over = Arc(x, y, hump, 0.0, -180.0)
        sides = [(near.end, far.start), (far.end, over.start), (over.end, near.start)]
        lower, right_of, left_of = (Segment(*begins, *ends) for begins, ends in sides)
        yield Path((near, lower, far, right_of, over, left_of), closed=True)


def slit_length(plate: Plate, options: DielineOptions, size: Dimensions) -> float:
    """How much of a crease is cut at each of its ends; 0 where nothing locks it."""
    if plate.role is not Role.TUCK or options.lock is Lock.NONE or plate.hinge is None:
        return 0.0
    if options.style is DielineStyle.MAILER:  # no dust flaps are there to hold it
        long = min(_FREE_MM, _FREE_SHARE * math.dist(plate.hinge.start, plate.hinge.end))
        return long if long >= 2 * LEAST_KNIFE_MM else 0.0
    lock = lock_on(plate, options, size)
    return lock.slit if lock else 0.0


def _middle(edge: Segment, off: float, at_end: float | None = None) -> Segment:
    """An edge without that much of both its ends, or of its start and its end."""
    length, last = math.dist(edge.start, edge.end), off if at_end is None else at_end
    right, down = (edge.x2 - edge.x1) / length, (edge.y2 - edge.y1) / length
    return Segment(edge.x1 + off * right, edge.y1 + off * down, edge.x2 - last * right, edge.y2 - last * down)
