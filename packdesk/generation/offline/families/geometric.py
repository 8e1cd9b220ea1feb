"""Geometric: square tiles, each with one figure, in the manner of the nineteen-twenties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPolygonF

from packdesk.generation.offline.palette import mix

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from packdesk.generation.offline.canvas import Canvas
    from packdesk.generation.offline.style import Style

_TILE = QRectF(-1, -1, 2, 2)


@dataclass(frozen=True)
class _Tile:
    """One tile from -1 to 1 in both directions: its ground, the figure's colour and a third colour."""

    ground: QColor
    figure: QColor
    other: QColor
    shape: Callable[[QPainter, _Tile], None]

    def draw(self, p: QPainter) -> None:
        # Tiles end on whole pixels: smoothed edges would let thin lines of ground shine through between them.
        p.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        p.fillRect(_TILE, self.ground)
        p.setClipRect(_TILE)
        p.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        p.setBrush(self.figure)
        self.shape(p, self)


def _quarter(p: QPainter, _tile: _Tile) -> None:
    p.drawEllipse(QPointF(-1, -1), 2, 2)


def _triangle(p: QPainter, _tile: _Tile) -> None:
    p.drawPolygon(QPolygonF([QPointF(-1, -1), QPointF(1, -1), QPointF(-1, 1)]))


def _two_halves(p: QPainter, tile: _Tile) -> None:
    p.drawEllipse(QPointF(-1, 0), 1, 1)
    p.setBrush(tile.other)
    p.drawEllipse(QPointF(1, 0), 1, 1)


def _lens(p: QPainter, _tile: _Tile) -> None:
    path = QPainterPath(QPointF(-1, -1))
    path.arcTo(QRectF(-1, -3, 4, 4), 180, 90)
    path.arcTo(QRectF(-3, -1, 4, 4), 0, 90)
    p.drawPath(path)


def _ring(p: QPainter, tile: _Tile) -> None:
    p.drawEllipse(QPointF(0, 0), 0.8, 0.8)
    p.setBrush(tile.ground)
    p.drawEllipse(QPointF(0, 0), 0.42, 0.42)


def _rainbow(p: QPainter, tile: _Tile) -> None:
    for number, radius in enumerate((2, 1.5, 1.0, 0.5)):
        p.setBrush(tile.ground if number % 2 else tile.figure)
        p.drawEllipse(QPointF(-1, -1), radius, radius)


def _dice(p: QPainter, _tile: _Tile) -> None:
    for place in range(16):
        p.drawEllipse(QPointF(-0.75 + place % 4 * 0.5, -0.75 + place // 4 * 0.5), 0.13, 0.13)


def _diamond(p: QPainter, _tile: _Tile) -> None:
    p.drawPolygon(QPolygonF([QPointF(0, -1), QPointF(1, 0), QPointF(0, 1), QPointF(-1, 0)]))


_SHAPES = (_quarter, _quarter, _quarter, _triangle, _two_halves, _lens, _ring, _rainbow, _dice, _diamond)


def paint(canvas: Canvas, style: Style, rng: Random) -> None:
    """Cover the canvas with tiles."""
    colours = _colours(style)
    side = canvas.pitch(13 * canvas.unit)
    for _, top in canvas.rows(side):
        for _, left in canvas.columns(side):
            ground, figure, other = rng.sample(colours, 3)
            tile = _Tile(ground, figure, other, rng.choice(_SHAPES))
            canvas.place(
                left + side / 2,
                top + side / 2,
                tile.draw,
                size=side / 2,
                turn=rng.choice((0, 90, 180, 270)),
                reach=side,
            )


def _colours(style: Style) -> list[QColor]:
    palette = style.palette
    return [
        palette.ground,
        palette.main,
        palette.second,
        palette.accent,
        palette.ink,
        mix(palette.main, palette.ground, 0.55),
    ]
