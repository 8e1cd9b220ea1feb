"""Label plates: their outlines, how wide they are at each height, and how they are painted."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPen, QPolygonF

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.generation.offline.canvas import Canvas
    from packdesk.generation.offline.palette import Palette

_ROUND_CORNER = 0.12
_CUT_CORNER = 0.14
_TICKET_CORNER = 0.09


@dataclass(frozen=True)
class Shape:
    """An outline that fits any rectangle.

    Attributes:
        path: the outline within a rectangle.
        narrowing: how much narrower than the rectangle the outline is at a distance from its nearer end,
            given (rectangle, distance); millimetres.
        head, foot: shares of the height too narrow for lettering.
    """

    path: Callable[[QRectF], QPainterPath]
    narrowing: Callable[[QRectF, float], float]
    head: float = 0.0
    foot: float = 0.0
    flat_foot: bool = False


def _shorter(rect: QRectF) -> float:
    return min(rect.width(), rect.height())


def _round_gap(radius: float, distance: float) -> float:
    """What a quarter circle takes from one side at a distance from where it starts."""
    if distance >= radius:
        return 0.0
    return radius - math.sqrt(max(0.0, radius**2 - (radius - distance) ** 2))


def _rectangle(rect: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRect(rect)
    return path


def _rounded(rect: QRectF) -> QPainterPath:
    radius = _shorter(rect) * _ROUND_CORNER
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    return path


def _oval(rect: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(rect)
    return path


def _arch(rect: QRectF) -> QPainterPath:
    path = QPainterPath(rect.bottomLeft())
    path.lineTo(rect.left(), rect.top() + rect.width() / 2)
    path.arcTo(QRectF(rect.left(), rect.top(), rect.width(), rect.width()), 180, -180)
    path.lineTo(rect.bottomRight())
    path.closeSubpath()
    return path


def _octagon(rect: QRectF) -> QPainterPath:
    cut = _shorter(rect) * _CUT_CORNER
    left, right = rect.left() + cut, rect.right() - cut
    top, bottom = rect.top() + cut, rect.bottom() - cut
    corners = [(left, rect.top()), (right, rect.top()), (rect.right(), top), (rect.right(), bottom)]
    corners += [(right, rect.bottom()), (left, rect.bottom()), (rect.left(), bottom), (rect.left(), top)]
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    path.closeSubpath()
    return path


def _ticket(rect: QRectF) -> QPainterPath:
    radius = _shorter(rect) * _TICKET_CORNER
    around = ((rect.topRight(), 180), (rect.bottomRight(), 90), (rect.bottomLeft(), 0), (rect.topLeft(), -90))
    path = QPainterPath(QPointF(rect.left() + radius, rect.top()))
    for corner, start in around:
        bite = QRectF(corner.x() - radius, corner.y() - radius, 2 * radius, 2 * radius)
        path.arcTo(bite, start, 90)
    path.closeSubpath()
    return path


def _ticket_gap(rect: QRectF, distance: float) -> float:
    radius = _shorter(rect) * _TICKET_CORNER
    return 2 * math.sqrt(max(0.0, radius**2 - distance**2))


def _oval_gap(rect: QRectF, distance: float) -> float:
    from_middle = 1 - 2 * distance / rect.height()
    return rect.width() * (1 - math.sqrt(max(0.0, 1 - from_middle**2)))


RECTANGLE = Shape(_rectangle, lambda _rect, _distance: 0.0)
ROUNDED = Shape(_rounded, lambda rect, distance: 2 * _round_gap(_shorter(rect) * _ROUND_CORNER, distance))
OVAL = Shape(_oval, _oval_gap, head=0.09, foot=0.09)
ARCH = Shape(
    _arch, lambda rect, distance: 2 * _round_gap(rect.width() / 2, distance), head=0.1, flat_foot=True
)
OCTAGON = Shape(_octagon, lambda rect, distance: 2 * max(0.0, _shorter(rect) * _CUT_CORNER - distance))
TICKET = Shape(_ticket, _ticket_gap)

_FRONT_SHAPES: dict[str, Shape] = {
    "floral": ARCH,
    "waves": ARCH,
    "botanical": OVAL,
    "stripes": TICKET,
    "dots": ROUNDED,
    "gradient": ROUNDED,
    "terrazzo": ROUNDED,
    "deco": OCTAGON,
}


def front_shape(family: str, rect: QRectF) -> Shape:
    """The plate of a family's front. Arches and ovals need height; a low plate is rounded instead."""
    shape = _FRONT_SHAPES.get(family, RECTANGLE)
    if shape in (ARCH, OVAL) and rect.height() < rect.width() * 1.1:
        return ROUNDED
    return shape


def text_shape(family: str) -> Shape:
    """The plate for running text: never arched or oval, which would cut the lines short."""
    shape = _FRONT_SHAPES.get(family, RECTANGLE)
    return RECTANGLE if shape in (ARCH, OVAL) else shape


@dataclass(frozen=True)
class LabelPlate:
    """A shape in its place, in millimetres."""

    shape: Shape
    rect: QRectF

    def inset(self, margin: float) -> LabelPlate:
        """The plate, smaller by a margin on each side."""
        return LabelPlate(self.shape, self.rect.adjusted(margin, margin, -margin, -margin))

    @property
    def top(self) -> float:
        """Where lettering may begin."""
        return self.rect.top() + self.rect.height() * self.shape.head

    @property
    def bottom(self) -> float:
        """Where lettering must end."""
        return self.rect.bottom() - self.rect.height() * self.shape.foot

    def width_between(self, upper: float, lower: float) -> float:
        """Width that is free over the whole way between two heights."""
        return max(0.0, self.rect.width() - max(self._narrowing(upper), self._narrowing(lower)))

    def _narrowing(self, y: float) -> float:
        from_top, from_bottom = y - self.rect.top(), self.rect.bottom() - y
        distance = from_top if self.shape.flat_foot else min(from_top, from_bottom)
        return self.shape.narrowing(self.rect, max(0.0, distance))


_RULES = 0.014, 0.005
_LEAST_GAP_MM = 0.3
"""Between the two rules: a narrower one fills in where several inks are not in register."""


def paint_plate(canvas: Canvas, plate: LabelPlate, palette: Palette) -> LabelPlate:
    """Paint the plate with its double rule; returns the part that lettering may fill."""
    size = _shorter(plate.rect)
    canvas.fill(palette.plate)
    canvas.painter.drawPath(plate.shape.path(plate.rect))
    outer, inner = size * 0.045, size * 0.068
    inner += max(0.0, _LEAST_GAP_MM - (inner - outer - size * (_RULES[0] + _RULES[1]) / 2))
    for inset, width in zip((outer, inner), _RULES, strict=True):
        canvas.painter.strokePath(plate.shape.path(plate.inset(inset).rect), QPen(palette.trim, size * width))
    return plate.inset(size * 0.115)
