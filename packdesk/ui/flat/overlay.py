"""A supplier's dieline drawn over ours, and our lines that differ from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen, QPolygonF

from packdesk.export.flat.painting import painter_path
from packdesk.ui.flat.draft import see_through

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPainter, QTransform

    from packdesk.domain.curves import Path
    from packdesk.domain.differing import Comparison
    from packdesk.domain.supplied import Polyline
    from packdesk.ui.theme import Theme

THEIRS = "#00948f"
"""Teal: neither board nor marks of ours have it, and what differs is red beside it."""
_DIE_PX, _BESIDE_PX, _DIFFERING_PX, _MARKED_PX, _HALO_PX = 1.4, 0.8, 2.2, 3.6, 9.0
_BESIDE_SHARE = 0.4


class FlatOverlay:
    """What is drawn of a comparison, in the sheet's millimetres.

    Attributes:
        marked: a line of ours or theirs that is shown strongly, None for none.
    """

    def __init__(self, found: Comparison) -> None:
        self.marked: Path | None = None
        self._opacity = found.overlay.opacity
        self._die, self._beside = _path(found.die), _path(found.beside)
        self._differing = QPainterPath()
        for one in found.differences:
            self._differing.addPath(painter_path(one.path))
        self._lacking = _path(one.points for one in found.lacking)

    def draw(self, painter: QPainter, placed: QTransform, theme: Theme) -> None:
        """Draw with a painter that is not transformed; `placed` leads from millimetres to its pixels."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.strokePath(placed.map(self._differing), _pen(QColor(theme.error), _DIFFERING_PX))
        if self.marked is not None:
            marked = placed.map(painter_path(self.marked))
            painter.strokePath(marked, _pen(see_through(theme.accent, 0.35), _HALO_PX))
            painter.strokePath(marked, _pen(QColor(theme.accent), _MARKED_PX))
        painter.strokePath(
            placed.map(self._beside), _pen(see_through(THEIRS, self._opacity * _BESIDE_SHARE), _BESIDE_PX)
        )
        painter.strokePath(placed.map(self._die), _pen(see_through(THEIRS, self._opacity), _DIE_PX))
        painter.strokePath(placed.map(self._lacking), _pen(QColor(theme.error), _DIFFERING_PX))


def _path(lines: Iterable[Polyline]) -> QPainterPath:
    drawn = QPainterPath()
    for line in lines:
        drawn.addPolygon(QPolygonF([QPointF(x, y) for x, y in line]))
    return drawn


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen
