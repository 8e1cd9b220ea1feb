"""The panels on the sheet: board or artwork. Millimetres are the units of the scene."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

if TYPE_CHECKING:
    from packdesk.domain.flat_layout import FlatPanel

BOARD = "#f0ede8"
"""Plain board, as the 3D view lights it; it is white board in a dark window too."""


class Mipmaps:
    """A picture with copies of half, a quarter, ... of its size: smooth when small, and made only once."""

    def __init__(self, picture: QPixmap) -> None:
        self._sizes = [picture]

    @property
    def picture(self) -> QPixmap:
        """The picture in full size."""
        return self._sizes[0]

    def for_size(self, width: float, height: float) -> QPixmap:
        """The smallest copy that is not smaller than that, in pixels."""
        level = 0
        while self._half_suffices(level, width, height):
            level += 1
            if level == len(self._sizes):
                self._sizes.append(_halved(self._sizes[-1]))
        return self._sizes[level]

    def _half_suffices(self, level: int, width: float, height: float) -> bool:
        present = self._sizes[level]
        return min(present.width(), present.height()) >= 2 and (
            present.width() >= 2 * width and present.height() >= 2 * height
        )


def _halved(picture: QPixmap) -> QPixmap:
    return picture.scaled(
        picture.size() / 2,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


class FlatPanelItem(QGraphicsItem):
    """One panel; it stays the same object while sizes and pictures change."""

    def __init__(self, panel: FlatPanel) -> None:
        super().__init__()
        self._panel = panel
        self._area = QRectF()
        self._maps: Mipmaps | None = None
        self._veil: QColor | None = None
        self.place(panel)

    @property
    def picture(self) -> QPixmap | None:
        """The picture it shows, in full size."""
        return self._maps.picture if self._maps else None

    def place(self, panel: FlatPanel) -> None:
        """Lie there on the sheet."""
        area = panel_area(panel)
        if area != self._area:
            self.prepareGeometryChange()
        self._panel, self._area = panel, area

    def dress(self, picture: QPixmap | None, veil: QColor | None) -> None:
        """Show a picture, or plain board; `veil` is a see-through colour laid over it."""
        shown = self.picture
        if picture is None or picture.isNull():
            self._maps = None
        elif shown is None or shown.cacheKey() != picture.cacheKey():
            self._maps = Mipmaps(picture)
        self._veil = veil

    def boundingRect(self) -> QRectF:  # noqa: N802  # Qt's name
        """The panel's rectangle."""
        return self._area

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint board, artwork and veil."""
        del option, widget
        if self._maps is None:
            self._fill(painter, QColor(BOARD))
        else:
            seen = painter.deviceTransform().mapRect(self._area)
            self._paint_picture(painter, self._maps.for_size(seen.width(), seen.height()))
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
