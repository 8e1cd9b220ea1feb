"""A blank as flat plates (panels and flaps), each hinged on an edge of its parent.

Every plate is walked clockwise as seen on the sheet, so a plate lies to the left of the edge it hangs on.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from packdesk.domain.curves import Segment
from packdesk.domain.dieline.outline import bounds, hinged, polyline, shifted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from packdesk.domain.curves import Curve
    from packdesk.domain.dieline.outline import Box
    from packdesk.domain.dieline.values import Rotation


_SAME = 1e-9


class Side(StrEnum):
    """An edge of an upright rectangle on the sheet."""

    TOP = "top"
    RIGHT = "right"
    BOTTOM = "bottom"
    LEFT = "left"

    @property
    def opposite(self) -> Side:
        """The edge across."""
        sides = list(Side)
        return sides[(sides.index(self) + 2) % 4]


class Role(StrEnum):
    """What a plate is for, which says when it is folded."""

    WALL = "wall"
    LID = "lid"
    GLUE = "glue"
    DUST = "dust"
    TUCK = "tuck"
    SEAL = "seal"
    TAB = "tab"
    HANG = "hang"
    CATCH = "catch"
    SNAP = "snap"
    TONGUE = "tongue"
    ARM = "arm"
    CORNER = "corner"
    HOOK = "hook"
    LOCK = "lock"
    FLOOR = "floor"
    END = "end"
    ROLL = "roll"
    INNER = "inner"
    LATCH = "latch"
    INSERT = "insert"
    SIDE = "side"


UNFOLDED = frozenset({Role.HANG, Role.CORNER, Role.LATCH})
"""What lies in the plane of what it hangs on when the package is closed."""
UNCREASED = frozenset({Role.HANG, Role.LATCH})
"""What goes on from its parent without a crease."""


@dataclass(frozen=True)
class Plate:
    """One flat piece.

    Attributes:
        plate_id: its name: the panel's, or such as `top-tuck` for a flap.
        role: what it is for.
        free: its outline without the hinge, from the hinge's start to its end; all of it for the root.
        parent: the plate it hangs on, None for the root.
        side: the edge of its parent it hangs on.
        hinge: the part of that edge it hangs on, in the parent's direction.
        panel_id: the panel it shows, None for a flap.
        rotation: degrees its artwork is turned clockwise.
        face: left, upper, right and lower end of the panel's rectangle, where its outline goes beyond it.
    """

    plate_id: str
    role: Role
    free: tuple[Curve, ...]
    parent: str | None = None
    side: Side | None = None
    hinge: Segment | None = None
    panel_id: str | None = None
    rotation: Rotation = 0
    face: Box | None = None

    @property
    def outline(self) -> tuple[Curve, ...]:
        """The whole outline, closed."""
        if self.hinge is None:
            return self.free
        return (*self.free, Segment(*self.hinge.end, *self.hinge.start))

    @cached_property
    def box(self) -> Box:
        """Left, upper, right and lower end."""
        return bounds(self.free)

    def edge(self, side: Side) -> Segment:
        """An edge: the longest level or upright piece of that side.

        Raises:
            KeyError: that edge is its hinge.
        """
        found = [curve for curve in self.free if isinstance(curve, Segment) and _is_edge(curve, side)]
        if not found:
            raise KeyError(side)
        return max(found, key=lambda edge: math.dist(edge.start, edge.end))

    def shifted(self, right: float, down: float) -> Plate:
        """The plate at another place on the sheet."""
        return replace(
            self,
            free=tuple(shifted(curve, right, down) for curve in self.free),
            hinge=shifted(self.hinge, right, down) if self.hinge else None,
            face=_moved(self.face, right, down) if self.face else None,
        )


def _moved(box: Box, right: float, down: float) -> Box:
    return box[0] + right, box[1] + down, box[2] + right, box[3] + down


def _is_edge(curve: Segment, side: Side) -> bool:
    """Whether a line is level or upright, and of that side."""
    slant = min(abs(curve.x2 - curve.x1), abs(curve.y2 - curve.y1))
    return slant < _SAME and side_of(curve) is side


def side_of(edge: Curve) -> Side:
    """Which edge of a rectangle walked clockwise this is."""
    right, down = edge.end[0] - edge.start[0], edge.end[1] - edge.start[1]
    if abs(right) > abs(down):
        return Side.TOP if right > 0 else Side.BOTTOM
    return Side.RIGHT if down > 0 else Side.LEFT


def root_panel(panel_id: str, width: float, height: float) -> Plate:
    """The panel all others hang on, its upper left corner at (0, 0)."""
    corners = ((0.0, height), (0.0, 0.0), (width, 0.0), (width, height), (0.0, height))
    return Plate(panel_id, Role.WALL, polyline(corners), panel_id=panel_id)


def panel_on(
    parent: Plate,
    side: Side,
    panel_id: str,
    reach: float,
    *,
    role: Role = Role.WALL,
    rotation: Rotation = 0,
    insets: tuple[float, float] = (0.0, 0.0),
) -> Plate:
    """A rectangular panel on an edge of its parent.

    Args:
        parent: the plate it hangs on.
        side: the edge of it.
        panel_id: its name.
        reach: its size away from the hinge.
        role: wall or lid.
        rotation: degrees its artwork is turned clockwise.
        insets: what it leaves free of the edge's start and end.
    """
    hinge = _inset(parent.edge(side), *insets)
    length = math.dist(hinge.start, hinge.end)
    free = hinged(polyline([(0.0, 0.0), (0.0, -reach), (length, -reach), (length, 0.0)]), hinge)
    return Plate(panel_id, role, free, parent.plate_id, side, hinge, panel_id, rotation)


def _inset(edge: Segment, start: float, end: float) -> Segment:
    length = math.dist(edge.start, edge.end)
    right, down = (edge.x2 - edge.x1) / length, (edge.y2 - edge.y1) / length
    return Segment(
        edge.x1 + start * right, edge.y1 + start * down, edge.x2 - end * right, edge.y2 - end * down
    )


def flap_on(parent: Plate, side: Side, plate_id: str, role: Role, shape: Sequence[Curve]) -> Plate:
    """A flap whose shape is drawn above the parent's edge, that edge being level and starting at (0, 0)."""
    free = hinged(shape, parent.edge(side))
    hinge = Segment(*free[0].start, *free[-1].end)
    return Plate(plate_id, role, free, parent.plate_id, side, hinge)


def cut_outline(plates: Sequence[Plate]) -> tuple[Curve, ...]:
    """The closed outline of a blank, clockwise; the first plate is the root."""
    return tuple(curve for _, curve in cut_edges(plates))


def cut_edges(plates: Sequence[Plate]) -> Iterator[tuple[str, Curve]]:
    """The outline's pieces, each with the plate it belongs to."""
    hanging: dict[str, list[Plate]] = {}
    for plate in plates[1:]:
        if plate.parent is not None:
            hanging.setdefault(plate.parent, []).append(plate)

    def walked(plate: Plate) -> Iterator[tuple[str, Curve]]:
        for curve in plate.free:
            on_it = [child for child in hanging.get(plate.plate_id, []) if _hangs_on(child, curve)]
            here = curve.start
            for child in on_it:
                if child.hinge is not None:
                    yield from ((plate.plate_id, piece) for piece in polyline([here, child.hinge.start]))
                    yield from walked(child)
                    here = child.hinge.end
            if on_it:
                yield from ((plate.plate_id, piece) for piece in polyline([here, curve.end]))
            else:
                yield plate.plate_id, curve

    yield from walked(plates[0])


def _hangs_on(plate: Plate, curve: Curve) -> bool:
    """Whether a plate hangs on a line: the middle of its hinge lies on it."""
    if plate.hinge is None or not isinstance(curve, Segment):
        return False
    x, y = (plate.hinge.x1 + plate.hinge.x2) / 2, (plate.hinge.y1 + plate.hinge.y2) / 2
    around = math.dist(curve.start, (x, y)) + math.dist((x, y), curve.end)
    return around - math.dist(curve.start, curve.end) < _SAME
