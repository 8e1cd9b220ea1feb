"""Lines on a flat sheet. Millimetres; x to the right, y downwards."""

from __future__ import annotations

import math
from dataclasses import dataclass

Point2 = tuple[float, float]


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
        return self._at(self.start_angle)

    @property
    def end(self) -> Point2:
        """Where it ends."""
        return self._at(self.start_angle + self.sweep)

    def _at(self, degrees: float) -> Point2:
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
