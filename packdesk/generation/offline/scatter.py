"""Even but irregular placing of motifs: no two points nearer than a given distance."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from packdesk.generation.offline.canvas import Canvas

    Point = tuple[float, float]

_TRIES_PER_POINT = 14
_MOST_TRIES = 120_000
_TRIES_BETWEEN_CHECKS = 500


def scatter(canvas: Canvas, rng: Random, spacing: float) -> list[Point]:
    """Points at least `spacing` millimetres apart all over the canvas and a little beyond its edges.

    On a canvas that wraps the distance is measured around the seam as well.
    """
    field = _Field(canvas, spacing)
    tries = int(min(_MOST_TRIES, field.width * field.height / spacing**2 * _TRIES_PER_POINT)) + 1
    for number in range(tries):
        if number % _TRIES_BETWEEN_CHECKS == 0:
            canvas.check()
        field.offer(rng.random() * field.width, rng.random() * field.height)
    return [(x + field.left, y + field.top) for x, y in field.cells.values()]


def distance(canvas: Canvas, one: Point, other: Point) -> float:
    """Distance of two points in millimetres, the short way around where the canvas wraps."""
    across = abs(one[0] - other[0])
    if canvas.wraps:
        across = min(across, canvas.width - across)
    return math.hypot(across, one[1] - other[1])


class _Field:
    """Accepted points in cells so small that a cell holds at most one."""

    def __init__(self, canvas: Canvas, spacing: float) -> None:
        self.spacing = spacing
        self.wraps = canvas.wraps
        self.left = 0.0 if canvas.wraps else -spacing
        self.top = -spacing
        self.width = canvas.width - 2 * self.left
        self.height = canvas.height - 2 * self.top
        cell = spacing / math.sqrt(2)
        self.columns = max(1, math.ceil(self.width / cell))
        self.cell_width = self.width / self.columns
        self.cell_height = cell
        self.reach = math.ceil(spacing / self.cell_width)
        self.cells: dict[tuple[int, int], Point] = {}

    def offer(self, x: float, y: float) -> None:
        """Keep the point if it is far enough from all others."""
        column, row = min(self.columns - 1, int(x / self.cell_width)), int(y / self.cell_height)
        if all(self._apart(x, y, other) for other in self._neighbours(column, row)):
            self.cells[column, row] = (x, y)

    def _neighbours(self, column: int, row: int) -> Iterator[Point]:
        cells = self.cells
        for near_column in range(column - self.reach, column + self.reach + 1):
            wrapped = near_column % self.columns if self.wraps else near_column
            for near_row in range(row - 2, row + 3):
                point = cells.get((wrapped, near_row))
                if point is not None:
                    yield point

    def _apart(self, x: float, y: float, other: Point) -> bool:
        across = abs(other[0] - x)
        if self.wraps:
            across = min(across, self.width - across)
        return across * across + (other[1] - y) ** 2 >= self.spacing**2
