"""Floral: large flowers over a bed of sprigs, small flowers in the gaps."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QRadialGradient

from packdesk.generation.offline.foliage import SPRIG_REACH, grow_sprig
from packdesk.generation.offline.palette import BLACK, TONES, WHITE, faded, mix
from packdesk.generation.offline.scatter import distance, scatter

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

    from packdesk.generation.offline.canvas import Canvas
    from packdesk.generation.offline.palette import Palette
    from packdesk.generation.offline.scatter import Point
    from packdesk.generation.offline.style import Style

FLOWER_REACH = 1.15
"""How far a flower gets from its middle, in its own units."""

_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


@dataclass(frozen=True)
class Whorl:
    """One ring of petals.

    Attributes:
        fewer: petals less than the outermost ring has.
        reach: length of a petal.
        breadth: half its width.
        turn: degrees the ring is turned by.
        tint: above 0 towards black, below 0 towards the ground, below -1 towards white.
    """

    fewer: int
    reach: float
    breadth: float
    turn: float
    tint: float


@dataclass(frozen=True)
class _Kind:
    petals: tuple[int, ...]
    whorls: tuple[Whorl, ...]
    heart: float
    stamens: float  # radius of the ring of dots, 0 for none


_KINDS: dict[str, _Kind] = {
    "peony": _Kind(
        (9, 10),
        (
            Whorl(0, 1.0, 0.46, 0, -0.25),
            Whorl(1, 0.76, 0.38, 20, 0),
            Whorl(3, 0.5, 0.28, 7, 0.12),
            Whorl(5, 0.28, 0.2, 0, 0.22),
        ),
        0.1,
        0,
    ),
    "anemone": _Kind((6, 7), (Whorl(0, 1.0, 0.56, 0, 0), Whorl(0, 0.62, 0.3, 26, -1.18)), 0.2, 0.36),
    "daisy": _Kind((12, 14), (Whorl(0, 1.0, 0.17, 0, -0.42),), 0.3, 0.25),
    "bud": _Kind((5,), (Whorl(0, 0.8, 0.36, 0, 0),), 0.16, 0),
}


@dataclass(frozen=True)
class Flower:
    """One flower with its random values fixed, so that it can be drawn twice at a seam."""

    kind: str
    colour: QColor
    heart: QColor
    ground: QColor
    dark: bool
    petals: int
    lengths: tuple[float, ...]

    def draw(self, p: QPainter) -> None:
        """Draw the rings from the outside inwards, then the heart."""
        kind = _KINDS[self.kind]
        for number, whorl in enumerate(kind.whorls):
            self._draw_whorl(p, whorl, self.lengths[3 * number :])
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(self.heart)
        p.drawEllipse(QPointF(0, 0), kind.heart, kind.heart)
        if kind.stamens:
            self._draw_stamens(p, kind.stamens)

    def _draw_whorl(self, p: QPainter, whorl: Whorl, lengths: tuple[float, ...]) -> None:
        colour = self._tinted(whorl.tint)
        edge = mix(self.colour, BLACK, 0.5)
        shade = QRadialGradient(0, 0, whorl.reach)
        shade.setColorAt(0, mix(colour, self.ground, 0.4) if self.dark else mix(colour, BLACK, 0.22))
        shade.setColorAt(0.55, colour)
        shade.setColorAt(1, mix(colour, WHITE, 0.3))
        count = self.petals - whorl.fewer
        for number in range(count):
            length = lengths[number % len(lengths)]
            p.save()
            p.rotate(360 / count * number + whorl.turn)
            p.setBrush(shade)
            p.setPen(QPen(faded(edge, 0.4), 0.018))
            p.drawPath(_petal(whorl, length))
            p.setPen(QPen(faded(edge, 0.25), 0.012))
            p.drawLine(QPointF(whorl.reach * 0.25, 0), QPointF(whorl.reach * 0.72 * length, 0))
            p.restore()

    def _tinted(self, tint: float) -> QColor:
        if tint < -1:
            return mix(self.colour, WHITE, -1 - tint)
        return mix(self.colour, self.ground, -tint) if tint < 0 else mix(self.colour, BLACK, tint)

    def _draw_stamens(self, p: QPainter, radius: float) -> None:
        p.setBrush(faded(mix(self.heart, BLACK, 0.3), 0.8))
        for number in range(16):
            away = radius * math.sqrt((number + 1) / 16)
            angle = number * _GOLDEN_ANGLE
            p.drawEllipse(QPointF(away * math.cos(angle), away * math.sin(angle)), 0.028, 0.028)


def _petal(whorl: Whorl, length: float) -> QPainterPath:
    reach, breadth = whorl.reach, whorl.breadth
    path = QPainterPath(QPointF(0, 0))
    path.cubicTo(
        reach * 0.25, -breadth * 1.15, reach * 0.95 * length, -breadth, reach * length, -breadth * 0.12
    )
    path.cubicTo(reach * 1.03 * length, breadth * 0.15, reach * 0.9 * length, breadth * 1.05, 0, 0)
    return path


def grow_flower(rng: Random, palette: Palette, kind: str) -> Flower:
    """A new flower of the kind `peony`, `anemone`, `daisy` or `bud`."""
    colour = rng.choice((palette.main, palette.second, palette.accent, palette.soft))
    hearts = {"daisy": mix(palette.metal, "#f2c14e", 0.5), "anemone": mix(palette.ink, colour, 0.25)}
    petals = rng.choice(_KINDS[kind].petals)
    return Flower(
        kind=kind,
        colour=colour,
        heart=hearts.get(kind, palette.metal),
        ground=palette.ground,
        dark=palette.dark,
        petals=petals,
        lengths=tuple(rng.uniform(0.9, 1.08) for _ in range(3 * petals)),
    )


_BED = ("olive", "berry", "olive", "fern")
_LARGE = ("peony", "peony", "anemone")
_SMALL = ("daisy", "bud", "daisy")


def paint(canvas: Canvas, style: Style, rng: Random) -> None:
    """Cover the canvas with flowers."""
    unit = canvas.unit
    leaves = _leaf_colours(style)
    for x, y in scatter(canvas, rng, 9.5 * unit):
        sprig = grow_sprig(rng, leaves, rng.choice(_BED))
        size = 4.4 * unit
        canvas.place(x, y, sprig.draw, size=size, turn=rng.uniform(0, 360), reach=size * SPRIG_REACH)
    large = scatter(canvas, rng, 15.5 * unit)
    _flowers(canvas, style, rng, large, kinds=_LARGE, sizes=(7.2, 9.4))
    gaps = [
        point
        for point in scatter(canvas, rng, 8.5 * unit)
        if all(distance(canvas, point, flower) > 9.5 * unit for flower in large)
    ]
    _flowers(canvas, style, rng, gaps, kinds=_SMALL, sizes=(2.2, 3.4))


def _flowers(
    canvas: Canvas,
    style: Style,
    rng: Random,
    points: Iterable[Point],
    *,
    kinds: tuple[str, ...],
    sizes: tuple[float, float],
) -> None:
    for x, y in points:
        flower = grow_flower(rng, style.palette, rng.choice(kinds))
        size = rng.uniform(*sizes) * canvas.unit
        canvas.place(x, y, flower.draw, size=size, turn=rng.uniform(0, 360), reach=size * FLOWER_REACH)


def _leaf_colours(style: Style) -> Palette:
    """Leaves stay green whatever the flowers are, but sink into the ground a little."""
    tones = TONES["green" if "green" in style.words else "sage"]
    ground = style.palette.ground
    return style.palette.with_motifs(
        mix(tones.mid, ground, 0.12),
        mix(tones.deep, ground, 0.25),
        mix(tones.mid, ground, 0.45),
        mix(tones.deep, tones.mid, 0.5),
    )
