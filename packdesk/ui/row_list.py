"""Lists whose rows are painted from a value each: panels, kinds of files, findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from packdesk.ui.theme import LIGHT

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap

    from packdesk.ui.theme import Theme

ROW_ROLE = Qt.ItemDataRole.UserRole
"""Where an item keeps the value of its row."""


class RowDelegate(QStyledItemDelegate):
    """Marks the row that is selected or under the pointer; subclasses paint its value.

    Attributes:
        theme: its colours.
        gap: pixels left free above and below a row.
    """

    theme = LIGHT
    gap = 0

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row."""
        value = index.data(ROW_ROLE)
        if value is None:
            return
        area: QRect = option.rect.adjusted(0, self.gap, 0, -self.gap)
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(QColor(self.theme.accent), 1.2) if selected else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.selected if selected else self.theme.hover))
            painter.drawRoundedRect(QRectF(area).adjusted(0.6, 0.6, -0.6, -0.6), 7, 7)
        self.paint_row(painter, area, value, selected=selected)
        painter.restore()

    def paint_picture(self, painter: QPainter, area: QRect, picture: QPixmap | None) -> None:
        """Paint a picture as large as an area has room for, framed; a dashed place where there is none."""
        if picture is None or picture.isNull():
            painter.setPen(QPen(QColor(self.theme.border), 1.2, Qt.PenStyle.DashLine))
            painter.setBrush(QColor(self.theme.field))
            painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), 5, 5)
            return
        fitted = picture.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(QPoint(0, 0), fitted.expandedTo(QSize(6, 6)))
        place.moveCenter(area.center())
        painter.drawPixmap(place, picture)
        painter.setPen(QPen(QColor(self.theme.border), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place)

    @staticmethod
    def write_line(painter: QPainter, area: QRect, text: str, colour: str) -> None:
        """Write a line in the middle at the top of an area, shortened to its width."""
        painter.setPen(QColor(colour))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, shown)

    def paint_row(self, painter: QPainter, area: QRect, value: Any, *, selected: bool) -> None:
        """Paint a value; the painter is saved and restored around it."""
        raise NotImplementedError


class RowList(QListWidget):
    """A list painted by a `RowDelegate`, as wide as its rows."""

    def __init__(self, delegate: RowDelegate) -> None:
        super().__init__()
        self._delegate = delegate
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setItemDelegate(delegate)

    def set_theme(self, theme: Theme) -> None:
        """Paint in the theme's colours."""
        self._delegate.theme = theme
        self.viewport().update()
