"""The plates of a folding box, its flaps among them.

All styles have the walls in a row, left, front, right, back, so that the front is whole and stands in the
middle of the blank. The glue flap hangs on the left wall and goes behind the back: the seam is at the back's
edge.
- Straight tuck: both lids hang on the back.
- Reverse tuck: the top hangs on the back, the bottom on the front.
- Cross: both lids hang on the front. Every edge that is open then gets a narrow glue
  flap, mitred so that no two meet inside the box; without glue flaps it is the bare six panels.

The shapes of the flaps are drawn above a level edge from (0, 0) to (length, 0). As is common practice for
folding cartons with tuck ends, a glue flap tapers by 15 degrees, a tuck flap has round corners and is
narrower than its lid, a dust flap is tapered towards the lid's hinge and has a shoulder towards the tuck
flap.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.dieline.outline import polyline, rounded
from packdesk.domain.dieline.plates import Role, Side, flap_on, panel_on, root_panel
from packdesk.domain.dieline.values import DielineStyle

if TYPE_CHECKING:
    from packdesk.domain.curves import Curve, Point2
    from packdesk.domain.dieline.plates import Plate
    from packdesk.domain.dieline.values import DielineOptions
    from packdesk.domain.dimensions import Dimensions

Shape = tuple["Curve", ...]

LEAST_MM = 1.0
"""A flap that would be shallower or narrower is left off: it cannot be folded."""

_LEAST_CLEARANCE = 0.5
_TAPER = math.tan(math.radians(15))
_MITRE = 1.0


def clearance(caliper: float) -> float:
    """How far the ends of a flap stay away from its neighbours, in millimetres: the board, at least a cut."""
    return max(caliper, _LEAST_CLEARANCE)


def glue_flap(length: float, reach: float) -> Shape:
    """A flap along the whole edge, tapered by 15 degrees; never so wide that half the edge is lost."""
    width = min(reach, length / 4 / _TAPER)
    return _trapezoid(length, width, 0.0, _TAPER)


def mitred_flap(length: float, reach: float, gap: float) -> Shape:
    """A glue flap tapered by 45 degrees, so that two of them meet in a corner without overlapping."""
    width = min(reach, (length - 2 * gap) * 3 / 8)
    return _trapezoid(length, width, gap, _MITRE)


def _trapezoid(length: float, width: float, gap: float, taper: float) -> Shape:
    if width < LEAST_MM:
        return ()
    inset = gap + width * taper
    return polyline([(gap, 0.0), (inset, -width), (length - inset, -width), (length - gap, 0.0)])


def tuck_flap(length: float, reach: float, gap: float) -> Shape:
    """A flap with two round corners that slips in beside the walls."""
    if reach < LEAST_MM or length - 2 * gap < LEAST_MM:
        return ()
    radius = 0.75 * reach
    return rounded(
        [(gap, 0.0), (gap, -reach), (length - gap, -reach), (length - gap, 0.0)], (0.0, radius, radius, 0.0)
    )


def dust_flap(length: float, reach: float, gap: float, *, lid_at_start: bool) -> Shape:
    """A flap below the lid: tapered beside the lid's hinge, with a shoulder beside the tuck flap.

    Args:
        length: of the edge it hangs on.
        reach: how far it reaches over the opening.
        gap: what stays free at both ends of the edge.
        lid_at_start: whether the lid hangs at the start of the edge.
    """
    usable = length - 2 * gap
    if reach < LEAST_MM or usable < 2 * LEAST_MM:
        return ()
    taper, shoulder = min(reach * _TAPER, usable / 4), min(usable / 6, reach / 3)
    end, step = length - gap, reach / 12
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


class _Ends(NamedTuple):
    """Which wall each lid hangs on."""

    top: str
    bottom: str


_LIDS_ON = {
    DielineStyle.STRAIGHT_TUCK: _Ends("back", "back"),
    DielineStyle.REVERSE_TUCK: _Ends("back", "front"),
    DielineStyle.CROSS: _Ends("front", "front"),
}
_ENDS = {"top": Side.TOP, "bottom": Side.BOTTOM}


def box_plates(dimensions: Dimensions, options: DielineOptions) -> list[Plate]:
    """The plates of a box, the front first and its upper left corner at (0, 0); parents before children."""
    walls = _walls(dimensions)
    plates = list(walls.values())
    lids_on = _LIDS_ON[options.style]
    plates += [
        _lid(walls[wall], panel_id, dimensions.depth) for panel_id, wall in zip(_ENDS, lids_on, strict=True)
    ]
    if options.style is DielineStyle.CROSS:
        return plates + _cross_flaps(plates, dimensions, options)
    return plates + _tuck_end_flaps(plates, dimensions, options)


def _walls(dimensions: Dimensions) -> dict[str, Plate]:
    width, height, depth = dimensions.as_tuple()
    front = root_panel("front", width, height)
    left = panel_on(front, Side.LEFT, "left", depth)
    right = panel_on(front, Side.RIGHT, "right", depth)
    return {"front": front, "left": left, "right": right, "back": panel_on(right, Side.RIGHT, "back", width)}


def _lid(wall: Plate, panel_id: str, depth: float) -> Plate:
    # The top and the bottom read from the front, so beyond the back they lie upside down.
    return panel_on(
        wall, _ENDS[panel_id], panel_id, depth, role=Role.LID, rotation=0 if wall.plate_id == "front" else 180
    )


def _tuck_end_flaps(plates: list[Plate], dimensions: Dimensions, options: DielineOptions) -> list[Plate]:
    width, height, depth = dimensions.as_tuple()
    gap = clearance(options.caliper)
    named = {plate.plate_id: plate for plate in plates}
    tuck = min(options.tuck, depth, height / 2 - gap)
    dust = min((depth + options.tuck) / 2, width / 2 - gap)
    flaps = [
        _flap(named["left"], Side.LEFT, Role.GLUE, glue_flap(height, min(options.glue_flap, width - 2 * gap)))
    ]
    for lid, wall in zip(_ENDS, _LIDS_ON[options.style], strict=True):
        side = _ENDS[lid]
        flaps.append(_flap(named[lid], side, Role.TUCK, tuck_flap(width, tuck, gap)))
        for beside in ("left", "right"):
            # Edges run clockwise: the left wall's upper one starts at the back, its lower one at the front.
            starts_at_back = (beside == "left") == (lid == "top")
            shape = dust_flap(depth, dust, gap, lid_at_start=starts_at_back == (wall == "back"))
            flaps.append(_flap(named[beside], side, Role.DUST, shape))
    return [flap for flap in flaps if flap is not None]


def _cross_flaps(plates: list[Plate], dimensions: Dimensions, options: DielineOptions) -> list[Plate]:
    width, height, depth = dimensions.as_tuple()
    gap = clearance(options.caliper)
    named = {plate.plate_id: plate for plate in plates}
    reach = min(options.glue_flap, width - 2 * gap, height / 2 - gap)
    flaps = [_flap(named["left"], Side.LEFT, Role.GLUE, mitred_flap(height, reach, gap))]
    for lid, far in _ENDS.items():
        for side, length in ((Side.LEFT, depth), (far, width), (Side.RIGHT, depth)):
            flaps.append(_flap(named[lid], side, Role.GLUE, mitred_flap(length, reach, gap)))
    return [flap for flap in flaps if flap is not None]


def _flap(parent: Plate, side: Side, role: Role, shape: Shape) -> Plate | None:
    """The flap, or None if there is no room for one."""
    return flap_on(parent, side, f"{parent.plate_id}-{side}-{role}", role, shape) if shape else None
