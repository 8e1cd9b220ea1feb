"""Leaves and sprigs, drawn in units of one leaf along the x axis."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPainterPath, QPen, QRadialGradient

from packdesk.generation.offline.canvas import outline_pen
from packdesk.generation.offline.palette import WHITE, faded

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from packdesk.generation.offline.palette import Palette

SPRIG_LENGTH = 4.4
SPRIG_REACH = 4.2
"""How far a sprig gets from its middle, in its own units."""

_LEAF_PAIRS = {"olive": 9, "round": 8, "fern": 15, "berry": 7}


def leaf_path(breadth: float = 0.32, bend: float = 0.12) -> QPainterPath:
    """A pointed leaf from (0, 0) to (1, bend); `breadth` is half its width."""
    path = QPainterPath(QPointF(0, 0))
    path.cubicTo(0.25, -breadth, 0.7, -breadth + bend * 0.3, 1, bend)
    path.cubicTo(0.7, breadth * 0.9 + bend, 0.3, breadth, 0, 0)
    return path


def _draw_leaf(p: QPainter, colour: QColor, vein: QColor, breadth: float, bend: float) -> None:
    shade = QLinearGradient(0, -breadth, 0, breadth)
    shade.setColorAt(0, colour.lighter(108))
    shade.setColorAt(1, colour.darker(112))
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(shade)
    p.drawPath(leaf_path(breadth, bend))
    midrib = QPainterPath(QPointF(0, 0))
    midrib.quadTo(0.5, bend * 0.2, 0.93, bend * 0.9)
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.setPen(QPen(vein, 0.022))
    p.drawPath(midrib)
    p.setPen(Qt.PenStyle.NoPen)


@dataclass(frozen=True)
class _Joint:
    """Where a leaf grows from the stem: its number, side (-1 or 1), size and angle beside the stem."""

    number: int
    side: int
    size: float
    tilt: float


@dataclass(frozen=True)
class Sprig:
    """A bent stem with pairs of leaves, `SPRIG_LENGTH` units long, its middle at the origin."""

    kind: str
    leaf: QColor
    stem: QColor
    berry: QColor
    vein: QColor
    curve: float
    chances: tuple[tuple[float, float], ...]

    def draw(self, p: QPainter) -> None:
        """Draw stem, then leaves from the foot to the tip."""
        self._draw_stem(p)
        pairs = _LEAF_PAIRS[self.kind]
        for number in range(pairs):
            share = 0.06 + 0.9 * number / pairs
            spot, ahead = self._along(share), self._along(share + 0.02)
            slope = math.degrees(math.atan2(ahead.y() - spot.y(), ahead.x() - spot.x()))
            taper = 1 - abs(share - 0.42) * 0.95
            for side, (size, tilt) in zip((-1, 1), self.chances[2 * number : 2 * number + 2], strict=True):
                p.save()
                p.translate(spot)
                p.rotate(slope)
                _LEAVES[self.kind](self, p, _Joint(number, side, taper * size, tilt))
                p.restore()

    def _along(self, share: float) -> QPointF:
        return QPointF(SPRIG_LENGTH * (share - 0.5), self.curve * math.sin(share * math.pi) * 1.1)

    def _draw_stem(self, p: QPainter) -> None:
        path = QPainterPath(self._along(0))
        for step in range(1, 17):
            path.lineTo(self._along(step / 16))
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.setPen(outline_pen(self.stem.darker(110), 0.07))
        p.drawPath(path)
        p.setPen(Qt.PenStyle.NoPen)

    def tone(self, number: int) -> QColor:
        """Every third leaf takes the stem's colour."""
        return self.leaf if number % 3 else self.stem


def _olive_leaf(sprig: Sprig, p: QPainter, joint: _Joint) -> None:
    p.rotate(joint.side * 42 + joint.tilt)
    p.scale(1.35 * joint.size, 1.35 * joint.size)
    _draw_leaf(p, sprig.tone(joint.number), sprig.vein, 0.2, 0.08 * joint.side)


def _round_leaf(sprig: Sprig, p: QPainter, joint: _Joint) -> None:
    p.rotate(joint.side * 62 + joint.tilt)
    colour = sprig.tone(joint.number + joint.side)
    shade = QRadialGradient(0.55, 0, 0.6)
    shade.setColorAt(0, colour.lighter(112))
    shade.setColorAt(1, colour)
    p.setBrush(shade)
    size = 0.95 * joint.size
    p.drawEllipse(QRectF(0.12, -0.36 * size, 0.8 * size, 0.72 * size))


def _fern_leaf(sprig: Sprig, p: QPainter, joint: _Joint) -> None:
    p.rotate(joint.side * 58 + joint.tilt * 0.4)
    p.scale(1.25 * joint.size, 1.25 * joint.size)
    _draw_leaf(p, sprig.leaf, sprig.vein, 0.15, 0.05 * joint.side)


def _berry_or_leaf(sprig: Sprig, p: QPainter, joint: _Joint) -> None:
    p.rotate(joint.side * 50 + joint.tilt)
    size = 0.9 * joint.size
    if joint.number % 2:
        p.scale(size, size)
        _draw_leaf(p, sprig.leaf, sprig.vein, 0.26, 0.06 * joint.side)
        return
    p.setPen(QPen(sprig.stem, 0.045))
    p.drawLine(QPointF(0, 0), QPointF(0.55 * size, 0))
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(sprig.berry)
    p.drawEllipse(QPointF(0.68 * size, 0), 0.17, 0.17)
    p.setBrush(faded(WHITE, 0.35))
    p.drawEllipse(QPointF(0.63 * size, -0.06), 0.045, 0.045)


_LEAVES: dict[str, Callable[[Sprig, QPainter, _Joint], None]] = {
    "olive": _olive_leaf,
    "round": _round_leaf,
    "fern": _fern_leaf,
    "berry": _berry_or_leaf,
}


def grow_sprig(rng: Random, palette: Palette, kind: str) -> Sprig:
    """A new sprig of the kind `olive`, `round`, `fern` or `berry`."""
    leaf, stem = rng.sample(palette.motifs, 2)
    joints = 2 * _LEAF_PAIRS[kind]
    return Sprig(
        kind=kind,
        leaf=leaf,
        stem=stem,
        berry=palette.accent,
        vein=faded(palette.ground, 0.55),
        curve=rng.uniform(-0.9, 0.9),
        chances=tuple((rng.uniform(0.85, 1.15), rng.uniform(-8, 8)) for _ in range(joints)),
    )
