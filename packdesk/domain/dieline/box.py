"""The plates of a folding box: its walls, and at each end a lid with the flaps its closing wants."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.dieline.allowances import allowances_of
from packdesk.domain.dieline.auto import arm_flap, auto_of, corner_on, lock_flap, seam_slope
from packdesk.domain.dieline.flaps import dust_flap, glue_flap, hang_tab, mitred_flap, seal_flap, tuck_flap
from packdesk.domain.dieline.plates import Role, Side, flap_on, panel_on
from packdesk.domain.dieline.snap import catch_flap, side_flap, snap_of, tongue_flap
from packdesk.domain.dieline.structures import STRUCTURES, Closing
from packdesk.domain.dieline.tucks import lock_of, tuck_depth
from packdesk.domain.dieline.walls import Row, wall_plates

if TYPE_CHECKING:
    from packdesk.domain.dieline.flaps import Shape
    from packdesk.domain.dieline.plates import Plate
    from packdesk.domain.dieline.structures import End
    from packdesk.domain.dieline.values import DielineOptions
    from packdesk.domain.dimensions import Dimensions

HANG_TAB_MM = 30.0
"""How far a hang tab stands over the box, if that is not low."""
_HANG_SHARE = 1 / 2

_SIDES = {"top": Side.TOP, "bottom": Side.BOTTOM}


class Making(NamedTuple):
    """What a box is made of.

    Attributes:
        row: its walls.
        options: the flaps.
        tuck: depth of the tuck flaps.
    """

    row: Row
    options: DielineOptions
    tuck: float

    def end(self, lid: str) -> End:
        """The end a lid closes."""
        structure = self.row.structure
        return structure.top if lid == "top" else structure.bottom


def making_of(dimensions: Dimensions, options: DielineOptions) -> Making:
    """What a box of that manufacturing size is made of."""
    allowed = allowances_of(options)
    beside = allowed.inset if allowed.thick else allowed.gap
    lock = lock_of(options, dimensions.width - 2 * beside, dimensions)
    row = Row(dimensions, STRUCTURES[options.style], allowed, options.glue_side, options.notch, lock)
    return Making(row, options, tuck_depth(dimensions, options))


def box_plates(dimensions: Dimensions, options: DielineOptions) -> list[Plate]:
    """The plates of a box, the front first and its upper left corner at (0, 0); parents before children."""
    making = making_of(dimensions, options)
    walls = wall_plates(making.row)
    lids = {lid: _lid(making, walls, lid) for lid in making.row.structure.lids}
    plates = [*walls.values(), *lids.values()]
    flaps = [_seam(making, walls), *(_hang_tab(making, walls, lid) for lid in _SIDES)]
    for lid in _SIDES:
        flaps += _END_FLAPS[making.end(lid).closing](making, {**walls, **lids}, lid)
    return plates + [flap for flap in flaps if flap is not None]


def lid_depth(row: Row, end: End) -> float:
    """From a lid's crease to where it turns down behind the wall, at the back behind the glue flap too."""
    depth = row.size.depth
    if end.closing is Closing.TUCK:
        back = row.lock.back if row.lock else 0.0
        return depth - row.allowed.layer * (2 if end.opposite == "back" else 1) - back
    return depth - row.allowed.inset if end.closing is Closing.GLUED else depth


def _lid(making: Making, walls: dict[str, Plate], lid: str) -> Plate:
    row, end = making.row, making.end(lid)
    inset = row.allowed.inset
    # The free end of the back is shorter by as much already.
    at_left, at_right = (
        (0.0 if end.wall == "back" and beside is None else inset) for beside in row.beside(end.wall)
    )
    # Edges run clockwise. Top and bottom read from the front, so beyond the back they lie upside down.
    return panel_on(
        walls[end.wall],
        _SIDES[lid],
        lid,
        lid_depth(row, end),
        role=Role.LID,
        rotation=0 if end.wall == "front" else 180,
        insets=(at_left, at_right) if lid == "top" else (at_right, at_left),
    )


def _seam(making: Making, walls: dict[str, Plate]) -> Plate | None:
    """The glue flap that closes the walls."""
    row, allowed = making.row, making.row.allowed
    wall, side = walls[row.glued], Side.LEFT if row.on_left else Side.RIGHT
    edge = wall.edge(side)
    length, room = abs(edge.y2 - edge.y1), row.width("back") - 2 * allowed.gap
    if row.structure.top.closing is Closing.GLUED:
        shape = mitred_flap(length, _cross_reach(making), allowed.gap)
    else:
        # What hangs on the back, and is folded in below the flap, begins where the back ends.
        gap = allowed.gap + _back_ends(row) if allowed.thick else 0.0
        reach, steep = min(making.options.glue, room), _seam_slope(making, walls)
        # Edges run clockwise: upwards on the left.
        shape = glue_flap(length, reach, gap, steep, steep_at_start=side is Side.LEFT)
    return _flap(wall, side, Role.GLUE, shape)


def _seam_slope(making: Making, walls: dict[str, Plate]) -> float:
    """How steep the glue flap's lower end is, beside an auto-lock's flap that is folded in first."""
    if making.row.structure.bottom.closing is not Closing.AUTO:
        return 0.0
    return seam_slope(_length(walls["back"], Side.BOTTOM), auto_of(making.row.size, making.row.allowed.gap))


def _back_ends(row: Row) -> float:
    """How far from the ends of the box the back ends, at the most."""
    return max(row.level(end, "back") for end in row.structure)


def _cross_reach(making: Making) -> float:
    row, gap = making.row, making.row.allowed.gap
    return min(making.options.glue, row.width("back") - 2 * gap, row.size.height / 2 - gap)


def _tuck_end(making: Making, plates: dict[str, Plate], lid: str) -> list[Plate | None]:
    row = making.row
    width, height, _ = row.size.as_tuple()
    gap, depth = row.allowed.gap, lid_depth(row, making.end(lid))
    tuck = min(making.tuck, depth, height / 2 - gap)
    # With a board its lid is as much narrower than the walls already as a tuck flap is to be.
    beside = 0.0 if row.allowed.thick else gap
    shape = tuck_flap(width - 2 * row.allowed.inset, tuck, beside, row.allowed.knife)
    return [_flap(plates[lid], _SIDES[lid], Role.TUCK, shape), *_dust_flaps(making, plates, lid)]


def _dust_flaps(making: Making, plates: dict[str, Plate], lid: str) -> list[Plate | None]:
    row, end, side = making.row, making.end(lid), _SIDES[lid]
    width, _, depth = row.size.as_tuple()
    sealed = end.closing is Closing.SEAL
    deep = _seal_reach(row) if sealed else (depth + making.tuck) / 2
    reach = min(deep, width / 2 - row.allowed.gap)
    flaps = []
    for beside in ("left", "right"):
        edge = plates[beside].edge(side)
        # Edges run clockwise: the left wall's upper one starts at the back, its lower one at the front.
        starts_at_back = (beside == "left") == (lid == "top")
        gaps = [_left_free(making, end, beside, wall) for wall in (end.wall, end.opposite)]
        lid_at_start = starts_at_back == (end.wall == "back")
        length, knife, lock = abs(edge.x2 - edge.x1), row.allowed.knife, row.lock
        if sealed:
            shape = seal_flap(length, reach, *(gaps if lid_at_start else reversed(gaps)))
        else:
            shape = dust_flap(length, reach, *gaps, lid_at_start=lid_at_start, knife=knife, lock=lock)
        flaps.append(_flap(plates[beside], side, Role.DUST, shape))
    return flaps


def _left_free(making: Making, end: End, beside: str, wall: str) -> float:
    """What a dust flap leaves free of its edge beside a wall: nothing where the corner is cut off already."""
    row, allowed = making.row, making.row.allowed
    cut_off = row.level(end, beside) > row.level(end, wall)
    if allowed.thick and cut_off and wall in row.beside(beside):
        return 0.0
    if allowed.thick and end.closing is Closing.TUCK and wall == end.opposite:
        if row.lock:
            return row.lock.off
        return allowed.behind(2)  # the wall of the glue flap is shorter by a layer, so one less counts
    return allowed.gap


def _seal_end(making: Making, plates: dict[str, Plate], lid: str) -> list[Plate | None]:
    row, end = making.row, making.end(lid)
    wall = plates[end.opposite]
    edge = wall.edge(_SIDES[lid])
    gap = max(row.allowed.inset, row.allowed.gap)
    flap = _flap(wall, _SIDES[lid], Role.SEAL, seal_flap(abs(edge.x2 - edge.x1), _seal_reach(row), gap))
    return [flap, *_dust_flaps(making, plates, lid)]


def _seal_reach(row: Row) -> float:
    """How deep what a lid is glued onto is."""
    return row.size.depth - row.allowed.gap


def _hang_tab(making: Making, walls: dict[str, Plate], lid: str) -> Plate | None:
    end = making.end(lid)
    if not end.hangs:
        return None
    edge = walls[end.opposite].edge(_SIDES[lid])
    reach = min(HANG_TAB_MM, _HANG_SHARE * making.row.size.height)
    return _flap(walls[end.opposite], _SIDES[lid], Role.HANG, hang_tab(abs(edge.x2 - edge.x1), reach))


def _cross_end(making: Making, plates: dict[str, Plate], lid: str) -> list[Plate | None]:
    reach, gap, far = _cross_reach(making), making.row.allowed.gap, _SIDES[lid]
    flaps = []
    for side in (Side.LEFT, far, Side.RIGHT):
        edge = plates[lid].edge(side)
        length = abs(edge.x2 - edge.x1) + abs(edge.y2 - edge.y1)
        flaps.append(_flap(plates[lid], side, Role.GLUE, mitred_flap(length, reach, gap)))
    return flaps


def _snap_end(making: Making, plates: dict[str, Plate], lid: str) -> list[Plate | None]:
    row, end, side = making.row, making.end(lid), _SIDES[lid]
    snap, gap = snap_of(row.size, row.allowed.gap), max(row.allowed.inset, row.allowed.gap)
    catch, tongue = plates[end.opposite], plates[end.wall]
    flaps = [
        _flap(catch, side, Role.CATCH, catch_flap(_length(catch, side), gap, snap)),
        _flap(tongue, side, Role.TONGUE, tongue_flap(_length(tongue, side), gap, snap)),
    ]
    for beside in ("left", "right"):
        starts_at_back = (beside == "left") == (lid == "top")
        shape = side_flap(
            _length(plates[beside], side),
            (_left_free(making, end, beside, end.opposite), _left_free(making, end, beside, end.wall)),
            snap,
            catch_at_start=starts_at_back == (end.opposite == "back"),
        )
        flaps.append(_flap(plates[beside], side, Role.SNAP, shape))
    return flaps


def _auto_end(making: Making, plates: dict[str, Plate], lid: str) -> list[Plate | None]:
    row, end, side = making.row, making.end(lid), _SIDES[lid]
    auto = auto_of(row.size, row.allowed.gap)
    ends = 0.0 if row.allowed.thick else row.allowed.gap  # the walls' own corners are cut off already
    arms: list[Plate | None] = []
    flaps: list[Plate | None] = []
    # While the box is flat these two pairs lie on each other: the creases beside the front and the back.
    for beside, wall in ((row.glued, "front"), (row.beside_back, "back")):
        role = Role.HOOK if wall == end.wall else Role.LOCK
        # Edges of the bottom run from right to left.
        at_start = (row.order.index(wall) < row.order.index(beside)) == (lid == "bottom")
        shape = lock_flap(
            _length(plates[wall], side), ends, auto, corner_at_start=at_start, at_seam=wall == "back"
        )
        flaps.append(_flap(plates[wall], side, role, shape))
        other = end.opposite if wall == end.wall else end.wall
        gaps = _left_free(making, end, beside, wall), _left_free(making, end, beside, other)
        free = arm_flap(_length(plates[beside], side), gaps, auto, corner_at_start=not at_start)
        arms.append(_flap(plates[beside], side, Role.ARM, free))
    return [*flaps, *arms, *(corner_on(arm) for arm in arms if arm is not None)]


def _length(plate: Plate, side: Side) -> float:
    edge = plate.edge(side)
    return abs(edge.x2 - edge.x1)


def _open_end(making: Making, plates: dict[str, Plate], lid: str) -> list[Plate | None]:
    """Nothing closes it."""
    del making, plates, lid
    return []


_END_FLAPS = {
    Closing.TUCK: _tuck_end,
    Closing.SEAL: _seal_end,
    Closing.GLUED: _cross_end,
    Closing.SNAP: _snap_end,
    Closing.AUTO: _auto_end,
    Closing.OPEN: _open_end,
}


def _flap(parent: Plate, side: Side, role: Role, shape: Shape) -> Plate | None:
    """The flap, or None if there is no room for one."""
    return flap_on(parent, side, f"{parent.plate_id}-{side}-{role}", role, shape) if shape else None
