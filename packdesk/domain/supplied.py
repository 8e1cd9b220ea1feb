"""A supplier's dieline under ours. Millimetres; x to the right, y downwards, as on the sheet."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from packdesk.domain.line_names import is_beside, is_die_line

if TYPE_CHECKING:
    from collections.abc import Iterable

Polyline = tuple[tuple[float, float], ...]
MOST_MOVED_MM = 5000.0
_LIKELY_UNITS = {"mm": 1.0, "in": 25.4, "cm": 10.0}
_SAME_SIZE = 0.02


class Corner(StrEnum):
    """Of the rectangle around a dieline."""

    UPPER_LEFT = "upper-left"
    UPPER_RIGHT = "upper-right"
    LOWER_LEFT = "lower-left"
    LOWER_RIGHT = "lower-right"

    def of(self, box: tuple[float, float, float, float]) -> tuple[float, float]:
        """Where it is, of a rectangle by its left, upper, right and lower side."""
        left, top, right, bottom = box
        return (left if self.endswith("left") else right), (top if self.startswith("upper") else bottom)


@dataclass(frozen=True)
class SuppliedLine:
    """A line as it was drawn, curves as short straight pieces.

    Attributes:
        points: at least two; a closed line ends where it begins.
        name: of its layer, as far as there is one.
    """

    points: Polyline
    name: str = ""

    def scaled(self, scale: float) -> SuppliedLine:
        """Larger, from the origin."""
        return replace(self, points=tuple((scale * x, scale * y) for x, y in self.points))


@dataclass(frozen=True)
class SuppliedDieline:
    """A dieline another program has drawn, at 1:1.

    Attributes:
        name: of its file.
        kind: of its file: PDF, SVG or DXF.
        unit: it was drawn in, as `UNIT_NAMES` names them; empty where the file says none.
        lines: all of them.
        taken_as: the unit its numbers are taken in where the file says none.
    """

    name: str
    kind: str
    unit: str
    lines: tuple[SuppliedLine, ...]
    taken_as: str = "mm"

    def in_likely_unit(self, width: float, height: float) -> SuppliedDieline:
        """Where the file says no unit: in the one in which it is as large as our cut, else in millimetres.

        Args:
            width: of our cut outline.
            height: likewise.
        """
        if self.unit or not self.lines:
            return self
        left, top, right, bottom = box_around(line.points for line in self.die_lines())
        ours, theirs = sorted((width, height)), sorted((right - left, bottom - top))
        for name, scale in _LIKELY_UNITS.items():
            if all(
                abs(scale * their - our) <= _SAME_SIZE * our for our, their in zip(ours, theirs, strict=True)
            ):
                return replace(self, taken_as=name, lines=tuple(line.scaled(scale) for line in self.lines))
        return self

    def die_lines(self) -> tuple[SuppliedLine, ...]:
        """Those a die follows, by the names of their layers; where no name tells, all that may be some."""
        named = tuple(line for line in self.lines if is_die_line(line.name))
        return named or tuple(line for line in self.lines if not is_beside(line.name)) or self.lines


@dataclass(frozen=True)
class Placement:
    """How it lies under our blank: mirrored and turned, then a corner of its die lines on one of our cut.

    Attributes:
        turns: quarter turns to the right.
        theirs: the corner of theirs.
        ours: the corner of ours.
        right: how far it is moved from there, in millimetres.
        down: likewise.
        mirrored: left and right changed over, before it is turned: it was drawn as seen from inside.
    """

    turns: int = 0
    theirs: Corner = Corner.UPPER_LEFT
    ours: Corner = Corner.UPPER_LEFT
    right: float = 0.0
    down: float = 0.0
    mirrored: bool = False


@dataclass(frozen=True)
class Overlay:
    """What lies under our blank, and how.

    Attributes:
        dieline: the supplier's.
        placement: where.
        opacity: of its lines, 0 to 1.
    """

    dieline: SuppliedDieline
    placement: Placement = field(default_factory=Placement)
    opacity: float = 0.8

    def placed(self, width: float, height: float) -> tuple[tuple[Polyline, ...], tuple[Polyline, ...]]:
        """Its die lines, and its other ones, as they lie on our sheet.

        Args:
            width: of our cut outline.
            height: likewise.
        """
        die = self.dieline.die_lines()
        chosen = set(map(id, die))
        others = [line for line in self.dieline.lines if id(line) not in chosen]
        turns = self.placement.turns % 4
        mirrored = self.placement.mirrored
        turned = [_turned(line.points, turns, mirrored=mirrored) for line in die]
        from_x, from_y = self.placement.theirs.of(box_around(turned))
        to_x, to_y = self.placement.ours.of((0.0, 0.0, width, height))
        right, down = to_x - from_x + self.placement.right, to_y - from_y + self.placement.down
        beside = [_turned(line.points, turns, mirrored=mirrored) for line in others]
        return _moved(turned, right, down), _moved(beside, right, down)


def box_around(lines: Iterable[Polyline]) -> tuple[float, float, float, float]:
    """Left, upper, right and lower side of the rectangle around lines; at least one."""
    points = [point for line in lines for point in line]
    across, down = [x for x, _ in points], [y for _, y in points]
    return min(across), min(down), max(across), max(down)


def _turned(points: Polyline, turns: int, *, mirrored: bool) -> Polyline:
    if mirrored:
        points = tuple((-x, y) for x, y in points)
    if turns == 1:
        return tuple((-y, x) for x, y in points)
    if turns == 2:
        return tuple((-x, -y) for x, y in points)
    return tuple((y, -x) for x, y in points) if turns == 3 else points


def _moved(lines: Iterable[Polyline], right: float, down: float) -> tuple[Polyline, ...]:
    return tuple(tuple((x + right, y + down) for x, y in line) for line in lines)
