"""Terrazzo: stone chips of three sizes in a plain ground."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from packdesk.generation.offline.canvas import shape
from packdesk.generation.offline.palette import mix
from packdesk.generation.offline.scatter import scatter

if TYPE_CHECKING:
    from random import Random

    from PySide6.QtGui import QColor

    from packdesk.generation.offline.canvas import Canvas
    from packdesk.generation.offline.style import Style

# (distance between chips, smallest radius, largest radius) in millimetres, large chips first
_SIZES = ((11.0, 3.2, 5.0), (5.6, 1.3, 2.2), (2.6, 0.4, 0.8))
_CHIP_REACH = 1.6


def paint(canvas: Canvas, style: Style, rng: Random) -> None:
    """Cover the canvas with chips."""
    colours = _colours(style)
    for spacing, smallest, largest in _SIZES:
        for x, y in scatter(canvas, rng, spacing * canvas.unit):
            chip = shape(_chip(rng))
            size = rng.uniform(smallest, largest) * canvas.unit
            canvas.fill(rng.choice(colours))
            canvas.place(x, y, chip, size=size, turn=rng.uniform(0, 360), reach=size * _CHIP_REACH)


def _chip(rng: Random) -> QPainterPath:
    """A broken piece of four to six sides with worn corners, about one unit in radius."""
    corners = _corners(rng)
    following = [*corners[1:], corners[0]]
    path = QPainterPath(_between(corners[-1], corners[0], 0.85))
    for corner, after in zip(corners, following, strict=True):
        path.quadTo(corner, _between(corner, after, 0.15))
        path.lineTo(_between(corner, after, 0.85))
    path.closeSubpath()
    return path


def _corners(rng: Random) -> list[QPointF]:
    count, long = rng.choice((4, 5, 5, 6)), rng.uniform(0.7, 1.5)
    points = []
    for number in range(count):
        angle = (number + rng.uniform(-0.28, 0.28)) * 2 * math.pi / count
        radius = rng.uniform(0.62, 1.05)
        points.append(QPointF(radius * math.cos(angle) * long, radius * math.sin(angle)))
    return points


def _between(start: QPointF, end: QPointF, share: float) -> QPointF:
    return start + (end - start) * share


def _colours(style: Style) -> list[QColor]:
    palette = style.palette
    return [
        palette.main,
        palette.accent,
        palette.second,
        mix(palette.deep, palette.ground, 0.15),
        mix(palette.main, palette.ground, 0.5),
        palette.metal,
        mix(palette.ink, palette.ground, 0.25),
    ]
