"""The panels on the sheet: board or artwork, in millimetres."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPixmap, QTransform

from packdesk.textures.pixmaps import MippedPixmap

if TYPE_CHECKING:
    from packdesk.domain.flat_layout import FlatPanel

BOARD = "#f0ede8"
"""Plain board, as the 3D view lights it; it is white board in a dark window too."""


def draw_panel(painter: QPainter, panel: FlatPanel, picture: QPixmap | None, veil: QColor | None) -> None:
    """Draw a picture, or plain board; `veil` is a see-through colour laid over it."""
    if picture is None or picture.isNull():
        _fill(painter, panel, QColor(BOARD))
    else:
        _draw_picture(painter, panel, _fitting(painter, panel, picture))
    if veil is not None:
        _fill(painter, panel, veil)


def panel_area(panel: FlatPanel) -> QRectF:
    """The panel's rectangle in millimetres."""
    return QRectF(panel.x, panel.y, panel.width, panel.height)


def _fitting(painter: QPainter, panel: FlatPanel, picture: QPixmap) -> QPixmap:
    if not isinstance(picture, MippedPixmap):
        return picture
    seen = painter.deviceTransform().mapRect(panel_area(panel))
    return picture.for_size(seen.width(), seen.height())


def _draw_picture(painter: QPainter, panel: FlatPanel, picture: QPixmap) -> None:
    area = panel_area(panel)
    if panel.shape == "rectangle":
        painter.drawPixmap(area, picture, QRectF(picture.rect()))
        return
    # A clip path would leave jagged edges; a brush does not.
    brush = QBrush(picture)
    place = QTransform.fromTranslate(area.x(), area.y())
    place.scale(area.width() / picture.width(), area.height() / picture.height())
    brush.setTransform(place)
    _fill(painter, panel, brush)


def _fill(painter: QPainter, panel: FlatPanel, brush: QBrush | QColor) -> None:
    path = QPainterPath()
    if panel.shape == "disc":
        path.addEllipse(panel_area(panel))
    else:
        path.addRect(panel_area(panel))
    painter.fillPath(path, brush)
