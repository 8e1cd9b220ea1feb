"""Artwork on the sheet, in millimetres."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPixmap, QTransform

from packdesk.domain.panels import FlatSize, share_unstretched
from packdesk.textures.pixmaps import MippedPixmap

if TYPE_CHECKING:
    from packdesk.domain.dieline.values import PlacedPanel


def panel_area(panel: PlacedPanel) -> QRectF:
    """The panel's rectangle on the sheet in millimetres."""
    return QRectF(panel.x, panel.y, *panel.sheet_size)


def draw_panel(
    painter: QPainter,
    panel: PlacedPanel,
    picture: QPixmap,
    veil: QColor | None = None,
    *,
    unstretched: bool = False,
) -> None:
    """Draw a panel's picture as it lies on the sheet, over the board, which is there already.

    Args:
        painter: in millimetres of the sheet.
        panel: its place.
        picture: best a `MippedPixmap`.
        veil: a see-through colour laid over it.
        unstretched: whether a picture of another shape is shown whole, in the middle.
    """
    painter.save()
    painter.translate(*panel.centre)
    painter.rotate(panel.rotation)
    area = QRectF(-panel.width / 2, -panel.height / 2, panel.width, panel.height)
    taken = _taken(panel, picture) if unstretched else _pictured(panel)
    picture = _fitting(painter, taken, picture)
    if panel.shape == "rectangle":
        seen = taken.intersected(area)
        painter.drawPixmap(seen, picture, _part(seen, taken, picture))
    else:
        # A clip path would leave jagged edges; a brush does not.
        brush = QBrush(picture)
        place = QTransform.fromTranslate(taken.x(), taken.y())
        place.scale(taken.width() / picture.width(), taken.height() / picture.height())
        brush.setTransform(place)
        painter.fillPath(shape_of(panel, area), brush)
    if veil is not None:
        painter.fillPath(shape_of(panel, area), veil)
    painter.restore()


def _pictured(panel: PlacedPanel) -> QRectF:
    """What the panel's picture takes around its middle: on thick board a little more than the panel."""
    width, height = panel.picture_size
    return QRectF(-width / 2, -height / 2, width, height)


def _part(seen: QRectF, taken: QRectF, picture: QPixmap) -> QRectF:
    """What of a picture is seen, in its pixels."""
    across, down = picture.width() / taken.width(), picture.height() / taken.height()
    corner = seen.topLeft() - taken.topLeft()
    return QRectF(corner.x() * across, corner.y() * down, seen.width() * across, seen.height() * down)


def _taken(panel: PlacedPanel, picture: QPixmap) -> QRectF:
    """What all of a picture takes of a panel, around its middle."""
    size = FlatSize(width=panel.width, height=panel.height)
    across, down = share_unstretched(size, picture.width(), picture.height())
    width, height = across * panel.width, down * panel.height
    return QRectF(-width / 2, -height / 2, width, height)


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
