"""The row of walls of a box, each as high as what hangs on it wants.

What lies below a lid has its crease lower, so a wall ends there, while the upright creases run up to the
higher of both neighbours: the corner between is cut off slantwise, which also keeps two flaps' knives apart.
On a nominal blank all is on one level and every wall a rectangle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.curves import Arc, Segment
from packdesk.domain.dieline.outline import polyline
from packdesk.domain.dieline.plates import Plate, Role, Side
from packdesk.domain.dieline.structures import Closing
from packdesk.domain.dieline.values import Hand

if TYPE_CHECKING:
    from packdesk.domain.curves import Curve, Point2
    from packdesk.domain.dieline.allowances import Allowances
    from packdesk.domain.dieline.structures import End, Structure
    from packdesk.domain.dieline.tucks import TuckLock
    from packdesk.domain.dimensions import Dimensions

_NOTCH_MM, _NOTCH_SHARE = 10.0, 1 / 6
_SAME = 1e-9


class Row(NamedTuple):
    """How the walls of a box follow each other.

    Attributes:
        size: from crease to crease.
        structure: what closes its ends.
        allowed: for the board.
        hand: where the glue flap is.
        notch: whether walls that lids are tucked behind have a notch for the thumb.
        lock: of its tuck flaps, if they have one.
    """

    size: Dimensions
    structure: Structure
    allowed: Allowances
    hand: Hand
    notch: bool = False
    lock: TuckLock | None = None

    @property
    def order(self) -> tuple[str, str, str, str]:
        """From left to right."""
        return ("left", "front", "right", "back") if self.on_left else ("back", "left", "front", "right")

    @property
    def on_left(self) -> bool:
        """Whether the glue flap is."""
        return self.hand is Hand.LEFT

    @property
    def glued(self) -> str:
        """The wall the glue flap hangs on."""
        return "left" if self.on_left else "right"

    @property
    def beside_back(self) -> str:
        """The wall the back hangs on."""
        return "right" if self.on_left else "left"

    def width(self, wall: str) -> float:
        """Of a wall: the one in front of the glue flap and the free one are shorter."""
        if wall == "front":
            return self.size.width
        if wall == "back":
            return self.size.width - self.allowed.inset
        return self.size.depth - (self.allowed.layer if wall == self.glued else 0.0)

    def level(self, end: End, wall: str) -> float:
        """How far a wall ends below the crease of the lid at that end."""
        return end.layer_of(wall) * self.allowed.layer

    def beside(self, wall: str) -> tuple[str | None, str | None]:
        """The walls to its left and right on the sheet."""
        at = self.order.index(wall)
        return (self.order[at - 1] if at else None), (self.order[at + 1] if at < 3 else None)

    def clear(self, end: End, wall: str) -> float:
        """How far what hangs beside a wall stays away from its crease: off the wall, and off a tuck flap."""
        if end.closing is not Closing.TUCK or wall != end.opposite:
            return self.allowed.gap
        if self.lock and self.allowed.thick:
            return self.lock.off + (self.allowed.layer if wall == "back" else 0.0)
        return self.allowed.behind(2 + (wall == "back"))


def wall_plates(row: Row) -> dict[str, Plate]:
    """The walls by name, the front first and its upper left corner at (0, 0); parents before children."""
    left = {"front": 0.0, "left": -row.width("left"), "right": row.width("front")}
    left["back"] = left["right"] + row.width("right") if row.on_left else left["left"] - row.width("back")
    sides = {"front": None, "left": Side.LEFT, "right": Side.RIGHT}
    sides["back"] = Side.RIGHT if row.on_left else Side.LEFT
    return {wall: _wall(row, wall, left[wall], side) for wall, side in sides.items()}


def _wall(row: Row, wall: str, left: float, side: Side | None) -> Plate:
    """A wall, on that side of the one it hangs on; the front hangs on none."""
    right, height = left + row.width(wall), row.size.height
    upper = _edge(row, wall, row.structure.top, left, right)
    lower = [(x, height - y) for x, y in reversed(_edge(row, wall, row.structure.bottom, left, right))]
    above = _notched(upper, _notch(row, wall, row.structure.top))
    below = _notched(lower, _notch(row, wall, row.structure.bottom))
    top, bottom = max(y for _, y in upper), min(y for _, y in lower)
    face = (left, top, right, bottom)
    if side is None:
        around = (*polyline([lower[-1], upper[0]]), *above, *polyline([upper[-1], lower[0]]), *below)
        return Plate(wall, Role.WALL, around, panel_id=wall, face=face)
    parent = row.beside_back if wall == "back" else "front"
    if side is Side.RIGHT:
        free = (*above, *polyline([upper[-1], lower[0]]), *below)
    else:
        free = (*below, *polyline([lower[-1], upper[0]]), *above)
    hinge = Segment(*free[0].start, *free[-1].end)
    return Plate(wall, Role.WALL, free, parent, side, hinge, wall, face=face)


def _edge(row: Row, wall: str, end: End, left: float, right: float) -> list[Point2]:
    """The upper edge of a wall if that end were the top, from left to right."""
    level = row.level(end, wall)
    points: list[Point2] = []
    for x, inwards, neighbour in zip((left, right), (1, -1), row.beside(wall), strict=True):
        corner = level if neighbour is None else min(level, row.level(end, neighbour))
        pair = [(x, corner)]
        if neighbour is not None and level - corner > _SAME:
            pair.append((x + inwards * row.clear(end, neighbour), level))
        points += pair[::inwards]
    return points


def _notch(row: Row, wall: str, end: End) -> float:
    """Radius of a wall's notch; 0 for none."""
    if not row.notch or end.hangs or end.closing is not Closing.TUCK or wall != end.opposite:
        return 0.0
    return min(_NOTCH_MM, _NOTCH_SHARE * row.width(wall), _NOTCH_SHARE * row.size.height)


def _notched(points: list[Point2], radius: float) -> tuple[Curve, ...]:
    """Straight lines through points; in the middle of the only one a half circle to the right of the way."""
    if not radius:
        return polyline(points)
    (x1, y), (x2, _) = points
    middle, way = (x1 + x2) / 2, 1 if x2 > x1 else -1
    arc = Arc(middle, y, radius, 180.0 if way > 0 else 0.0, -180.0)
    return (Segment(x1, y, *arc.start), arc, Segment(*arc.end, x2, y))
