"""What the reading process finds in a file. It imports no more of packdesk than this."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from packdesk.textures.foreign.worker import FaultError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_LINES, MOST_POINTS = 20_000, 400_000
MOST_MM = 100_000.0
"""From the origin; what lies further away is no dieline."""
LONGEST_NAME = 80
FLAT_MM = 0.004
"""How far a curve may be from the straight pieces that stand for it."""
_LEAST_PIECES, _MOST_PIECES = 12, 96

Point = tuple[float, float]


@dataclass
class Found:
    """Lines of a file, in millimetres; x to the right, y downwards.

    Attributes:
        unit: it is drawn in; empty where it says none.
        lines: points of each.
        names: of the layer of each.
    """

    unit: str
    lines: list[list[Point]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    points: int = 0

    def add(self, points: Sequence[Point], name: str) -> None:
        """Take a line; what is no line, or lies nowhere, is passed over.

        Raises:
            FaultError: there are too many.
        """
        usable = all(abs(x) <= MOST_MM and abs(y) <= MOST_MM for x, y in points)  # neither if not a number
        if len(points) < 2 or not usable or all(point == points[0] for point in points):
            return
        self.points += len(points)
        if len(self.lines) == MOST_LINES or self.points > MOST_POINTS:
            raise FaultError("many")
        self.lines.append(list(points))
        self.names.append(name[:LONGEST_NAME])


def bezier(a: Point, b: Point, c: Point, d: Point) -> Iterable[Point]:
    """Points on a cubic curve after its first, near enough to it (by its second differences)."""
    bend = max(
        math.hypot(a[0] - 2 * b[0] + c[0], a[1] - 2 * b[1] + c[1]),
        math.hypot(b[0] - 2 * c[0] + d[0], b[1] - 2 * c[1] + d[1]),
    )
    wanted = math.sqrt(0.75 * bend / FLAT_MM) if math.isfinite(bend) else _MOST_PIECES
    count = min(max(math.ceil(wanted), _LEAST_PIECES), _MOST_PIECES)
    for step in range(1, count + 1):
        t = step / count
        u = 1 - t
        weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
        yield (
            sum(w * p[0] for w, p in zip(weights, (a, b, c, d), strict=True)),
            sum(w * p[1] for w, p in zip(weights, (a, b, c, d), strict=True)),
        )
