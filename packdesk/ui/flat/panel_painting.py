"""Artwork on the sheet, in millimetres."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPixmap, QTransform

from packdesk.textures.pixmaps import MippedPixmap

if TYPE_CHECKING:
    from packdesk.domain.dieline.values import PlacedPanel


def panel_area(panel: PlacedPanel) -> QRectF:
    """The panel's rectangle on the sheet in millimetres."""
    return QRectF(panel.x, panel.y, *panel.sheet_size)


def draw_panel(painter: QPainter, panel: PlacedPanel, picture: QPixmap, veil: QColor | None = None) -> None:
    """Draw a panel's picture as it lies on the sheet; `veil` is a see-through colour laid over it."""
    painter.save()
    painter.translate(*panel.centre)
    painter.rotate(panel.rotation)
    area = QRectF(-panel.width / 2, -panel.height / 2, panel.width, panel.height)
    picture = _fitting(painter, area, picture)
    if panel.shape == "rectangle":
        painter.drawPixmap(area, picture, QRectF(picture.rect()))
    else:
        # A clip path would leave jagged edges; a brush does not.
        brush = QBrush(picture)
        place = QTransform.fromTranslate(area.x(), area.y())
        place.scale(area.width() / picture.width(), area.height() / picture.height())
        brush.setTransform(place)
        painter.fillPath(shape_of(panel, area), brush)
    if veil is not None:
        painter.fillPath(shape_of(panel, area), veil)
    painter.restore()


def shape_of(panel: PlacedPanel, area: QRectF) -> QPainterPath:
    """The panel's outline where it takes that rectangle."""
    path = QPainterPath()
    if panel.shape == "disc":
        path.addEllipse(area)
    else:
        path.addRect(area)
    return path


def _fitting(painter: QPainter, area: QRectF, picture: QPixmap) -> QPixmap:
    if not isinstance(picture, MippedPixmap):
        return picture
    seen = painter.deviceTransform().mapRect(area)
    return picture.for_size(seen.width(), seen.height())
