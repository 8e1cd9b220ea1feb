"""Lines on a flat sheet. Millimetres; x to the right, y downwards."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Point2 = tuple[float, float]
_ROUNDING = 1e-9
_WHOLE = 360.0 - _ROUNDING


@dataclass(frozen=True)
class Segment:
    """A straight line from (x1, y1) to (x2, y2)."""

    x1: float
    y1: float
    x2: float
    y2: float

    @property
    def start(self) -> Point2:
        """Where it begins."""
        return self.x1, self.y1

    @property
    def end(self) -> Point2:
        """Where it ends."""
        return self.x2, self.y2


@dataclass(frozen=True)
class Arc:
    """Part of a circle around (x, y); degrees count clockwise from the right, as seen on the sheet.

    A negative sweep runs counter-clockwise; one of 360 is the whole circle.
    """

    x: float
    y: float
    radius: float
    start_angle: float = 0.0
    sweep: float = 360.0

    @property
    def start(self) -> Point2:
        """Where it begins."""
        return self.at(self.start_angle)

    @property
    def end(self) -> Point2:
        """Where it ends."""
        return self.at(self.start_angle + self.sweep)

    def at(self, degrees: float) -> Point2:
        """The point of its circle in that direction."""
        angle = math.radians(degrees)
        return self.x + self.radius * math.cos(angle), self.y + self.radius * math.sin(angle)


Curve = Segment | Arc


@dataclass(frozen=True)
class Path:
    """Curves that follow each other: each begins where the one before ends.

    Attributes:
        curves: at least one.
        closed: whether the last ends where the first begins.
    """

    curves: tuple[Curve, ...]
    closed: bool = False


def is_circle(path: Path) -> bool:
    """Whether a path is one whole circle."""
    return len(path.curves) == 1 and isinstance(path.curves[0], Arc) and abs(path.curves[0].sweep) >= _WHOLE


def split(arc: Arc, degrees: float) -> list[Arc]:
    """The arc in equal pieces of at most so many degrees."""
    count = max(1, math.ceil(abs(arc.sweep) / degrees - _ROUNDING))
    step = arc.sweep / count
    return [Arc(arc.x, arc.y, arc.radius, arc.start_angle + step * number, step) for number in range(count)]


def halves(curves: tuple[Curve, ...]) -> Iterator[Curve]:
    """The curves with none that turns by over 180 degrees; SVG and DXF describe them by their ends."""
    for curve in curves:
        if isinstance(curve, Arc) and abs(curve.sweep) > 180:
            yield from split(curve, 180)
        else:
            yield curve
