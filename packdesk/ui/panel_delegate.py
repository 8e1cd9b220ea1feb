"""Paints one panel of the list: thumbnail, name, size, standing."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from packdesk.ui.panel_row import ROW_ROLE, PanelRow
from packdesk.ui.theme import LIGHT
from packdesk.ui.wording import dpi_text, is_low

ROW_HEIGHT = 66
THUMB = 50
_PAD = 8


def words_area(row_area: QRect) -> QRect:
    """Where the words of a row stand."""
    return row_area.adjusted(THUMB + 3 * _PAD, 9, -_PAD - 2, -9)


def resolution(row: PanelRow, metrics: QFontMetrics, width: int) -> str:
    """How fine a row's artwork prints, with a word of warning if there is room beside its size."""
    room = width - metrics.horizontalAdvance(row.size) - _PAD
    return "" if row.dpi is None else dpi_text(row.dpi, lambda text: metrics.horizontalAdvance(text) <= room)


class PanelDelegate(QStyledItemDelegate):
    """Draws `PanelRow` values."""

    theme = LIGHT

    def sizeHint(  # noqa: N802  (Qt's name)
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Every row has the same height."""
        del option, index
        return QSize(200, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row."""
        row: PanelRow | None = index.data(ROW_ROLE)
        if row is None:
            return
        area: QRect = option.rect.adjusted(0, 2, 0, -2)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self._ground(painter, option, area)
        self._thumbnail(painter, QRect(area.left() + _PAD, area.center().y() - THUMB // 2, THUMB, THUMB), row)
        self._words(painter, words_area(area), row)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect) -> None:
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(QColor(self.theme.accent), 1.2) if chosen else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.selected if chosen else self.theme.hover))
            painter.drawRoundedRect(QRectF(area).adjusted(0.6, 0.6, -0.6, -0.6), 7, 7)

    def _thumbnail(self, painter: QPainter, area: QRect, row: PanelRow) -> None:
        frame = QPainterPath()
        if row.thumbnail is None:
            frame.addRoundedRect(QRectF(area), 5, 5)
            painter.setPen(QPen(QColor(self.theme.border), 1.2, Qt.PenStyle.DashLine))
            painter.setBrush(QColor(self.theme.field))
            painter.drawPath(frame)
            return
        fitted = row.thumbnail.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(0, 0, max(6, fitted.width()), max(6, fitted.height()))
        place.moveCenter(area.center())
        frame.addRoundedRect(QRectF(place), 3, 3)
        painter.setClipPath(frame)
        painter.drawPixmap(place, row.thumbnail)
        painter.setClipping(False)
        painter.setPen(QPen(QColor(self.theme.border), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(frame)

    def _words(self, painter: QPainter, area: QRect, row: PanelRow) -> None:
        strong = QFont(painter.font())
        strong.setWeight(QFont.Weight.DemiBold)
        half = area.height() // 2
        upper, lower = area.adjusted(0, 0, 0, -half), area.adjusted(0, half, 0, 0)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(self._standing_colour(row.standing)))
        painter.drawText(upper, right | middle, row.note)
        painter.setPen(QColor(self.theme.text))
        painter.setFont(strong)
        painter.drawText(upper, left | middle, row.name)
        strong.setWeight(QFont.Weight.Normal)
        painter.setFont(strong)
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(lower, left | middle, row.size)
        if row.dpi is not None:
            painter.setPen(QColor(self.theme.warning if is_low(row.dpi) else self.theme.muted))
            painter.drawText(lower, right | middle, resolution(row, painter.fontMetrics(), lower.width()))

    def _standing_colour(self, standing: str) -> str:
        theme = self.theme
        return {
            "working": theme.accent,
            "finished": theme.good,
            "failed": theme.error,
            "missing": theme.warning,
        }.get(standing, theme.muted)
