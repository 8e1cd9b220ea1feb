"""What marks on the flat view are drawn with: points in millimetres, weights and letters in pixels."""

from __future__ import annotations

import math
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from packdesk.export.flat.painting import painter_path
from packdesk.ui.theme import FONT_FAMILY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QTransform

    from packdesk.domain.curves import Path
    from packdesk.ui.theme import Theme

UPRIGHT, UPWARDS = 0.0, -90.0
"""Directions of writing in degrees."""


class Draft:
    """A painter whose unit is the logical pixel, and the way from the sheet's millimetres to it.

    Ink and paper are the theme's darkest and lightest colours: whatever the theme, printed board is light and
    artwork is anything, so marks on it are drawn in ink on a paper casing.
    """

    def __init__(self, painter: QPainter, theme: Theme, to_pixels: QTransform, frame: QRectF) -> None:
        """Draw with a painter that is not transformed; `frame` is what will be seen, in pixels."""
        self.painter = painter
        self.theme = theme
        self.frame = frame
        self._to_pixels = to_pixels
        shades = sorted((QColor(theme.text), QColor(theme.panel)), key=QColor.lightnessF)
        self.ink, self.paper = shades

    def point(self, x: float, y: float) -> QPointF:
        """A point of the sheet in pixels, in the middle of a pixel so that thin lines are crisp."""
        found = self._to_pixels.map(QPointF(x, y))
        return QPointF(math.floor(found.x()) + 0.5, math.floor(found.y()) + 0.5)

    def path(self, paths: Iterable[Path]) -> QPainterPath:
        """Paths of the sheet in pixels, their points in the middle of a pixel."""
        whole = QPainterPath()
        for path in paths:
            whole.addPath(painter_path(path))
        placed = self._to_pixels.map(whole)
        for index in range(placed.elementCount()):
            at = placed.elementAt(index)
            placed.setElementPositionAt(index, math.floor(at.x) + 0.5, math.floor(at.y) + 0.5)
        return placed

    def area(self, millimetres: QRectF) -> QRectF:
        """A rectangle of the sheet in pixels, from pixel middle to pixel middle."""
        return QRectF(
            self.point(millimetres.left(), millimetres.top()),
            self.point(millimetres.right(), millimetres.bottom()),
        )

    def stroke(
        self, path: QPainterPath, colour: QColor, width: float, dashes: tuple[float, ...] = ()
    ) -> None:
        """Draw a line; dashes are in pixels."""
        pen = QPen(colour, width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        if dashes:
            pen.setDashPattern([length / width for length in dashes])
        self.painter.strokePath(path, pen)

    def write(self, text: str, middle: QPointF, font: QFont, colour: QColor, turn: float = UPRIGHT) -> None:
        """Write text around a point."""
        size = text_size(text, font)
        self.painter.save()
        self.painter.translate(middle)
        self.painter.rotate(turn)
        self.painter.setFont(font)
        self.painter.setPen(colour)
        box = QRectF(-size[0] / 2 - 1, -size[1] / 2, size[0] + 2, size[1])
        self.painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)
        self.painter.restore()


@cache
def font_of(pixels: float, weight: QFont.Weight = QFont.Weight.Medium) -> QFont:
    """The window's font in a size of its own."""
    font = QFont(FONT_FAMILY)
    font.setPixelSize(max(1, round(pixels)))
    font.setWeight(weight)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # turned letters would stand unevenly
    return font


@lru_cache(maxsize=256)
def text_size(text: str, font: QFont) -> tuple[float, float]:
    """Width and height of a line of text in pixels."""
    metrics = QFontMetricsF(font)
    return metrics.horizontalAdvance(text), metrics.height()


def see_through(colour: str | QColor, opacity: float) -> QColor:
    """A colour with an opacity between 0 and 1."""
    made = QColor(colour)
    made.setAlphaF(opacity)
    return made
