"""Paths of a sheet for Qt's painters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from packdesk.domain.curves import Arc

if TYPE_CHECKING:
    from packdesk.domain.curves import Path


def painter_path(path: Path) -> QPainterPath:
    """The path in millimetres, arcs as Qt draws them."""
    drawn = QPainterPath(QPointF(*path.curves[0].start))
    for curve in path.curves:
        if isinstance(curve, Arc):
            around = QRectF(
                curve.x - curve.radius, curve.y - curve.radius, 2 * curve.radius, 2 * curve.radius
            )
            drawn.arcTo(around, -curve.start_angle, -curve.sweep)  # Qt counts counter-clockwise
        else:
            drawn.lineTo(*curve.end)
    if path.closed:
        drawn.closeSubpath()
    return drawn
