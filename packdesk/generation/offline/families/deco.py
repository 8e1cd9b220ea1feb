"""Deco: rows of foil fans, each overlapping the row above."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from packdesk.generation.offline.canvas import outline_pen
from packdesk.generation.offline.palette import mix

if TYPE_CHECKING:
    from random import Random

    from PySide6.QtGui import QColor, QPainter

    from packdesk.generation.offline.canvas import Canvas
    from packdesk.generation.offline.style import Style

_RAYS = 16


@dataclass(frozen=True)
class _Fan:
    """One fan of radius 1; its lower half will be covered by the next row."""

    body: QColor
    heart: QColor
    foil: QColor

    def draw(self, p: QPainter) -> None:
        p.setPen(outline_pen(self.foil, 0.05))
        p.setBrush(self.body)
        p.drawEllipse(QPointF(0, 0), 1, 1)
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.setPen(outline_pen(self.foil, 0.019))
        p.drawEllipse(QPointF(0, 0), 0.92, 0.92)
        self._draw_rays(p)
        p.setPen(outline_pen(self.foil, 0.035))
        p.setBrush(self.heart)
        p.drawEllipse(QPointF(0, 0), 0.3, 0.3)
        p.setBrush(self.foil)
        p.drawEllipse(QPointF(0, 0), 0.1, 0.1)

    def _draw_rays(self, p: QPainter) -> None:
        p.setPen(outline_pen(self.foil, 0.024))
        p.setBrush(self.foil)
        for ray in range(1, _RAYS):
            angle = math.pi + math.pi * ray / _RAYS
            way = QPointF(math.cos(angle), math.sin(angle))
            p.drawLine(way * 0.34, way * (0.86 if ray % 2 else 0.72))
            if ray % 2 == 0:
                p.drawEllipse(way * 0.8, 0.022, 0.022)


def paint(canvas: Canvas, style: Style, _rng: Random) -> None:
    """Cover the canvas with fans."""
    palette = style.palette
    bodies = (palette.ground, mix(palette.ground, palette.main, 0.28))
    fans = [_Fan(body, mix(palette.ground, palette.main, 0.5), palette.metal) for body in bodies]
    pitch = canvas.pitch(17 * canvas.unit)
    radius = pitch / 2
    for row, _, x, top in canvas.brick(pitch, radius):
        canvas.place(x, top + radius, fans[row % 2].draw, size=radius, reach=radius * 1.1)
