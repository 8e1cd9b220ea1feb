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
_HOLE_MM, _HOLE_SHARE = (32.0, 10.0), 1 / 3


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


def hang_holes(plates: Iterable[Plate]) -> Iterator[Path]:
    """The hole of a hang tab: a slot with round ends, counter-clockwise, as large as the tab has room for."""
    for plate in plates:
        if plate.role is not Role.HANG:
            continue
        left, top, right, bottom = plate.box
        radius = min(_HOLE_MM[1], _HOLE_SHARE * (bottom - top), _HOLE_SHARE * (right - left)) / 2
        half = min(_HOLE_MM[0], (right - left) / 2) / 2 - radius
        if half <= 0 or 2 * radius < LEAST_KNIFE_MM:
            continue
        x, y = (left + right) / 2, (top + bottom) / 2
        near, far = Arc(x - half, y, radius, -90.0, -180.0), Arc(x + half, y, radius, 90.0, -180.0)
        yield Path((near, Segment(*near.end, *far.start), far, Segment(*far.end, *near.start)), closed=True)


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
