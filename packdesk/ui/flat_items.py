"""The panels on the sheet: board or artwork. Millimetres are the units of the scene."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from packdesk.textures.pixmaps import MippedPixmap

if TYPE_CHECKING:
    from packdesk.domain.flat_layout import FlatPanel

BOARD = "#f0ede8"
"""Plain board, as the 3D view lights it; it is white board in a dark window too."""


class FlatPanelItem(QGraphicsItem):
    """One panel; it stays the same object while sizes and pictures change."""

    def __init__(self, panel: FlatPanel) -> None:
        super().__init__()
        self._panel = panel
        self._area = QRectF()
        self._picture: QPixmap | None = None
        self._veil: QColor | None = None
        self.place(panel)

    @property
    def picture(self) -> QPixmap | None:
        """The picture it shows, in full size."""
        return self._picture

    def place(self, panel: FlatPanel) -> None:
        """Lie there on the sheet."""
        area = panel_area(panel)
        if area != self._area:
            self.prepareGeometryChange()
        self._panel, self._area = panel, area

    def dress(self, picture: QPixmap | None, veil: QColor | None) -> None:
        """Show a picture, or plain board; `veil` is a see-through colour laid over it."""
        self._picture = None if picture is None or picture.isNull() else picture
        self._veil = veil

    def boundingRect(self) -> QRectF:  # noqa: N802  # Qt's name
        """The panel's rectangle."""
        return self._area

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint board, artwork and veil."""
        del option, widget
        if self._picture is None:
            self._fill(painter, QColor(BOARD))
        elif isinstance(self._picture, MippedPixmap):
            seen = painter.deviceTransform().mapRect(self._area)
            self._paint_picture(painter, self._picture.for_size(seen.width(), seen.height()))
        else:
            self._paint_picture(painter, self._picture)
        if self._veil is not None:
            self._fill(painter, self._veil)

    def _paint_picture(self, painter: QPainter, picture: QPixmap) -> None:
        if self._panel.shape == "rectangle":
            painter.drawPixmap(self._area, picture, QRectF(picture.rect()))
            return
        # A clip path would leave jagged edges; a brush does not.
        brush = QBrush(picture)
        place = QTransform.fromTranslate(self._area.x(), self._area.y())
        place.scale(self._area.width() / picture.width(), self._area.height() / picture.height())
        brush.setTransform(place)
        self._fill(painter, brush)

    def _fill(self, painter: QPainter, brush: QBrush | QColor) -> None:
        painter.fillPath(panel_path(self._panel), brush)


def panel_area(panel: FlatPanel) -> QRectF:
    """The panel's rectangle in millimetres."""
    return QRectF(panel.x, panel.y, panel.width, panel.height)


def panel_path(panel: FlatPanel) -> QPainterPath:
    """The panel's edge in millimetres."""
    path = QPainterPath()
    if panel.shape == "disc":
        path.addEllipse(panel_area(panel))
    else:
        path.addRect(panel_area(panel))
    return path
