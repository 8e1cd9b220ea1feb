"""Rows of lettering one below the other, fitted into a plate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPen, QPolygonF, QTransform

from packdesk.generation.offline.foliage import leaf_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QColor, QPainter

    from packdesk.generation.offline.lettering import Lettering
    from packdesk.generation.offline.plates import LabelPlate

_CROWDED = 0.82  # rows are dropped before everything shrinks below this
_USUAL_DESCENT = 0.3  # of the capital height; part of the space below a row
_LEAFY = ("floral", "botanical", "kraft")


@dataclass(frozen=True)
class TextRow:
    """A line of lettering in a stack.

    Attributes:
        line: the lettering.
        size: capital height wanted, in millimetres.
        colour: of the lettering.
        after: space below, in millimetres.
        share: of the plate's width it may use.
        drop: rows with 1 are left out first where room is short, then those with 2; 0 always stays.
        spring: spare room may go below it.
        says: what of the user's words it is a line of, to tell how high it became.
    """

    line: Lettering
    size: float
    colour: QColor
    after: float
    share: float = 1.0
    drop: int = 0
    spring: bool = False
    says: str = ""

    @property
    def height(self) -> float:
        """Capitals, and what accents and deep letters need beyond them."""
        return self.size * self._extent

    @property
    def _extent(self) -> float:
        return max(1.0, self.line.ascent) + max(0.0, self.line.descent - _USUAL_DESCENT)

    def draw(self, p: QPainter, x: float, top: float, height: float, width: float) -> float:
        """Draw the line, smaller if it must be, in the middle of its height; returns its capitals' height."""
        size = self.line.height_within(height / self._extent, width * self.share)
        slack = height - size * self._extent
        self.line.draw(p, x, top + slack / 2 + size * max(1.0, self.line.ascent), size, self.colour)
        return size


@dataclass(frozen=True)
class OrnamentRow:
    """Two lines with leaves or a diamond between them. Sizes are millimetres; see `TextRow` for the rest."""

    height: float
    length: float
    colour: QColor
    family: str
    after: float
    drop: int = 0
    spring: bool = False
    says: str = ""

    def draw(self, p: QPainter, x: float, top: float, height: float, width: float) -> float:
        """Draw the ornament, as long as it was meant to be or as the plate allows; returns its height."""
        length = min(self.length * height / self.height, width)
        draw_ornament(p, QPointF(x, top + height * 0.6), length, self.colour, self.family)
        return height


def draw_ornament(p: QPainter, middle: QPointF, length: float, colour: QColor, family: str) -> None:
    """An ornament of some length in millimetres around a point."""
    p.save()
    p.translate(middle)
    p.scale(length, length)
    p.setPen(QPen(colour, 0.012))
    p.drawLine(QPointF(-0.5, 0), QPointF(-0.11, 0))
    p.drawLine(QPointF(0.11, 0), QPointF(0.5, 0))
    p.fillPath(_leaf_mark() if family in _LEAFY else _diamond_mark(), colour)
    p.restore()


def _leaf_mark() -> QPainterPath:
    path = QPainterPath()
    for angle in (-90, -35, -145):
        path.addPath(_turned(leaf_path(0.3, 0), angle))
    return path.simplified()


def _turned(path: QPainterPath, angle: float) -> QPainterPath:
    return QTransform().translate(0, 0.03).rotate(angle).scale(0.09, 0.09).map(path)


def _diamond_mark() -> QPainterPath:
    path = QPainterPath()
    size = 0.045
    path.addPolygon(QPolygonF([QPointF(0, -size), QPointF(size, 0), QPointF(0, size), QPointF(-size, 0)]))
    path.closeSubpath()
    for x in (-0.085, 0.085):
        path.addEllipse(QPointF(x, 0), 0.013, 0.013)
    return path


Row = TextRow | OrnamentRow


def draw_stack(p: QPainter, rows: Sequence[Row], plate: LabelPlate) -> dict[str, float]:
    """Draw rows centred in the plate, leaving out and shrinking only as much as needed.

    Returns:
        How high the capitals of the user's words became, in millimetres, by what the rows say.
    """
    if not rows:
        return {}
    room = plate.bottom - plate.top
    rows = _kept(rows, room)
    total = _total(rows)
    scale = min(1.0, room / total)
    spare = room - total * scale
    springs = sum(row.spring for row in rows)
    # With a spring most of the spare room goes there, so the last rows sink towards the plate's foot.
    stretch = spare * 0.6 / springs if springs else 0.0
    y = plate.top + (spare - stretch * springs) / 2
    heights: dict[str, float] = {}
    for row in rows:
        height = row.height * scale
        drawn = row.draw(p, plate.rect.center().x(), y, height, plate.width_between(y, y + height))
        if row.says:
            heights[row.says] = min(drawn, heights.get(row.says, drawn))
        y += height + row.after * scale + (stretch if row.spring else 0.0)
    return heights


def _total(rows: Sequence[Row]) -> float:
    return sum(row.height + row.after for row in rows) - (rows[-1].after if rows else 0.0)


def _kept(rows: Sequence[Row], room: float) -> Sequence[Row]:
    for level in sorted({row.drop for row in rows if row.drop}):
        if _total(rows) * _CROWDED <= room:
            break
        rows = [row for row in rows if row.drop != level]
    return rows
