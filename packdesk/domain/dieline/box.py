"""The plates of a folding box.

All styles have the walls in a row, left, front, right, back, so that the front is whole and stands in the
middle of the blank. The glue flap hangs on the left wall and goes behind the back: the seam is at the back's
edge.
- Straight tuck: both lids hang on the back.
- Reverse tuck: the top hangs on the back, the bottom on the front.
- Cross: both lids hang on the front. Every edge that is open then gets a narrow glue
  flap, mitred so that no two meet inside the box; without glue flaps it is the bare six panels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.dieline.flaps import clearance, dust_flap, glue_flap, mitred_flap, tuck_flap
from packdesk.domain.dieline.plates import Role, Side, flap_on, panel_on, root_panel
from packdesk.domain.dieline.values import DielineStyle

if TYPE_CHECKING:
    from packdesk.domain.dieline.flaps import Shape
    from packdesk.domain.dieline.plates import Plate
    from packdesk.domain.dieline.values import DielineOptions
    from packdesk.domain.dimensions import Dimensions


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
