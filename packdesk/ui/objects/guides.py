"""What something that is dragged has snapped to: lines, what they are, and the objects that they are of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPen, QPolygonF

from packdesk.ui.flat.draft import font_of
from packdesk.ui.translation import translate

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from packdesk.domain.affine import Affine
    from packdesk.domain.objects.gestures import Snapped

_GUIDE, _CASING = "#c8156f", "#ffffff"
"""On every artwork, and beside it in every theme: they follow none."""
_LINE_PX, _CASING_PX, _BEYOND_PX = 1.5, 3.5, 8.0
_TEXT_PX, _PAD_PX = 11, 5.0
_SAME_MM = 1e-3


def guide_words(at: float, length: float, safe: float) -> str:
    """What a guide of the panel itself is; empty where it is another object's.

    Args:
        at: its place, in millimetres from the panel's left or upper edge.
        length: of the panel that way.
        safe: how far the safe area is from its edges.
    """
    own = {
        0.0: translate("objects", "Edge"),
        length: translate("objects", "Edge"),
        length / 2: translate("objects", "Middle"),
        safe: translate("objects", "Safe area"),
        length - safe: translate("objects", "Safe area"),
    }
    return next((words for place, words in own.items() if abs(place - at) < _SAME_MM), "")


def paint_guides(
    painter: QPainter, guides: Snapped, panel: tuple[float, float], safe: float, place: Affine
) -> None:
    """Paint the guides all over the panel and a little beyond, with what they are.

    Args:
        painter: of the view, in its pixels.
        guides: what something has snapped to.
        panel: width and height in millimetres.
        safe: how far the safe area is from its edges.
        place: from millimetres of the panel.
    """
    width, height = panel
    for left, top, right, bottom in guides.met:
        corners = ((left, top), (right, top), (right, bottom), (left, bottom))
        frame = QPolygonF([QPointF(*place.point(*corner)) for corner in corners])
        for pen in _pens(_LINE_PX / 2):
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolygon(frame)
    lines = [((x, 0.0), (x, height), guide_words(x, width, safe)) for x in guides.across]
    lines += [((0.0, y), (width, y), guide_words(y, height, safe)) for y in guides.along]
    for start, end, words in lines:
        _paint_line(painter, QPointF(*place.point(*start)), QPointF(*place.point(*end)), words)


def _paint_line(painter: QPainter, start: QPointF, end: QPointF, words: str) -> None:
    way = end - start
    way /= max((way.x() ** 2 + way.y() ** 2) ** 0.5, 1e-6)
    start, end = start - way * _BEYOND_PX, end + way * _BEYOND_PX
    for pen in _pens(_LINE_PX):
        painter.setPen(pen)
        painter.drawLine(start, end)
    if not words:
        return
    font = font_of(_TEXT_PX, QFont.Weight.DemiBold)
    metrics = QFontMetricsF(font)
    size = metrics.horizontalAdvance(words) + 2 * _PAD_PX, metrics.height() + 2
    half = (abs(way.x()) * size[0] + abs(way.y()) * size[1]) / 2
    middle, seen = start - way * half, QRectF(painter.viewport())
    chip = QRectF(middle.x() - size[0] / 2, middle.y() - size[1] / 2, *size)
    chip.moveLeft(min(max(chip.left(), seen.left()), seen.right() - size[0]))
    chip.moveTop(min(max(chip.top(), seen.top()), seen.bottom() - size[1]))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(_GUIDE))
    painter.drawRoundedRect(chip, 4, 4)
    painter.setFont(font)
    painter.setPen(QColor(_CASING))
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, words)


def _pens(width: float) -> tuple[QPen, QPen]:
    casing = QColor(_CASING)
    casing.setAlphaF(0.7)
    return QPen(casing, width + _CASING_PX - _LINE_PX), QPen(QColor(_GUIDE), width)
