"""Waves: swelling bands with foam lines, or overlapping seigaiha arcs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QLinearGradient, QPainterPath

from packdesk.generation.offline.canvas import outline_pen
from packdesk.generation.offline.palette import WHITE, faded, mix

if TYPE_CHECKING:
    from random import Random

    from PySide6.QtGui import QColor, QPainter, QPen

    from packdesk.generation.offline.canvas import Canvas
    from packdesk.generation.offline.style import Style

_ARC_WORDS = frozenset(("seigaiha", "japanese", "scale", "scales", "sea", "wave"))
_LENGTHS = (62.0, 38.0, 95.0)
_HEIGHTS = (3.4, 1.5, 2.6)
_ROW = 11.0


def paint(canvas: Canvas, style: Style, rng: Random) -> None:
    """Cover the canvas with water."""
    if _ARC_WORDS & set(style.words):
        _arcs(canvas, style)
    else:
        _swell(canvas, style, rng)


def _arcs(canvas: Canvas, style: Style) -> None:
    palette = style.palette
    pitch = canvas.pitch(12 * canvas.unit)
    inner = palette.soft if palette.dark else palette.second
    rings = (palette.ground, palette.main, palette.ground, inner, palette.ground)
    scale = _Scale(rings, outline_pen(palette.metal, 0.04))
    for _, _, x, top in canvas.brick(pitch, pitch / 4):
        canvas.place(x, top + pitch / 2, scale.draw, size=pitch / 2, reach=pitch)


@dataclass(frozen=True)
class _Scale:
    """Nested circles of radius 1, the outermost with a foil line."""

    rings: tuple[QColor, ...]
    foil: QPen

    def draw(self, p: QPainter) -> None:
        p.setPen(self.foil)
        for number, colour in enumerate(self.rings):
            radius = 1 - number / len(self.rings)
            p.setBrush(colour)
            p.drawEllipse(QPointF(0, 0), radius, radius)
            p.setPen(Qt.PenStyle.NoPen)


@dataclass(frozen=True)
class _Crest:
    """The upper edge of one band: three sine waves, each closing over a wrapped width."""

    level: float
    heights: tuple[float, ...]
    turns: tuple[float, ...]
    phases: tuple[float, ...]

    def at(self, x: float) -> float:
        """Height in millimetres from the top."""
        parts = zip(self.heights, self.turns, self.phases, strict=True)
        return self.level + sum(height * math.sin(turn * x + phase) for height, turn, phase in parts)

    def path(self, width: float, step: float, down: float = 0.0) -> QPainterPath:
        """The edge as a line over the whole width, moved down by some millimetres."""
        count = math.ceil(width / step) + 2
        path = QPainterPath(QPointF(-step, self.at(-step) + down))
        for number in range(count + 1):
            path.lineTo(number * step, self.at(number * step) + down)
        return path


def _swell(canvas: Canvas, style: Style, rng: Random) -> None:
    count = max(4, round(canvas.height / (_ROW * canvas.unit)))
    row = canvas.height / count
    tones = _tones(style)
    for number in range(-1, count + 2):
        canvas.check()
        share = min(1.0, max(0.0, number / count))
        colour = tones[min(len(tones) - 1, int(share * len(tones)))]
        if rng.random() < 0.2:
            colour = rng.choice(tones)
        foam = style.palette.metal if number % 3 == 1 else mix(colour, WHITE, 0.45)
        _band(canvas, _crest(canvas, rng, number * row, row), colour, foam)


def _crest(canvas: Canvas, rng: Random, level: float, row: float) -> _Crest:
    lengths = (canvas.pitch(length * canvas.unit) for length in _LENGTHS)
    scale = min(canvas.unit, row / _ROW)
    return _Crest(
        level=level,
        heights=tuple(height * scale for height in _HEIGHTS),
        turns=tuple(2 * math.pi / length for length in lengths),
        phases=tuple(rng.uniform(0, 2 * math.pi) for _ in _LENGTHS),
    )


def _band(canvas: Canvas, crest: _Crest, colour: QColor, foam: QColor) -> None:
    unit, step = canvas.unit, 1.5 * canvas.unit
    water = crest.path(canvas.width, step)
    water.lineTo(canvas.width + 2 * step, canvas.height + 10 * unit)
    water.lineTo(-step, canvas.height + 10 * unit)
    shade = QLinearGradient(0, crest.level - 5 * unit, 0, crest.level + 22 * unit)
    shade.setColorAt(0, colour.lighter(106))
    shade.setColorAt(1, colour.darker(106))
    canvas.painter.setPen(Qt.PenStyle.NoPen)
    canvas.painter.setBrush(shade)
    canvas.painter.drawPath(water)
    spray = mix(colour, WHITE, 0.5)
    for down, width, tone in (
        (0, 0.5, foam),
        (1.5, 0.22, faded(spray, 0.8)),
        (2.6, 0.14, faded(spray, 0.55)),
    ):
        canvas.line(tone, width * unit)
        canvas.painter.drawPath(crest.path(canvas.width, step, down * unit))


def _tones(style: Style) -> list[QColor]:
    palette = style.palette
    return [
        mix(palette.main, palette.ground, 0.75),
        mix(palette.main, palette.ground, 0.4),
        palette.main,
        mix(palette.main, palette.deep, 0.5),
        palette.second,
    ]
