"""The panels of the package with what is on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QContextMenuEvent, QFont, QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QListWidgetItem, QStyle, QStyleOptionViewItem

from packdesk.ui.dropping import is_offer, offer
from packdesk.ui.icons import line_icon
from packdesk.ui.link_words import TROUBLED
from packdesk.ui.panel_drag import copies, drag_panel, dragged_panel, take
from packdesk.ui.parts import tip
from packdesk.ui.row_list import ROW_ROLE, RowDelegate, RowList
from packdesk.ui.theme import BOARD
from packdesk.ui.wording import dpi_text, is_low

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QResizeEvent

    from packdesk.ui.artwork.panel_rows import PanelRow


ROW_HEIGHT, LEAST_HEIGHT = 66, 28
TWO_LINES = 42
"""A lower row has all its words on one line."""
THUMB = 50
_PAD, _MARK = 8, 14


def words_area(row_area: QRect) -> QRect:
    """Where the words of a row stand."""
    edge = max(2, min(9, (row_area.height() - 36) // 2))  # two lines need 36 pixels
    return row_area.adjusted(_thumb(row_area) + 3 * _PAD, edge, -_PAD - 2, -edge)


def _thumb(row_area: QRect) -> int:
    return min(THUMB, row_area.height() - 6)


def resolution(row: PanelRow, metrics: QFontMetrics, width: int) -> str:
    """How fine a row's artwork prints, with a word of warning if there is room beside its size."""
    room = width - metrics.horizontalAdvance(row.size) - _PAD
    return "" if row.dpi is None else dpi_text(row.dpi, lambda text: metrics.horizontalAdvance(text) <= room)


def sizes_fit(rows: Iterable[PanelRow], metrics: QFontMetrics, width: int) -> bool:
    """Whether every row's size has room on one line with its state or resolution."""
    widths = (metrics.horizontalAdvance(f"{row.size}{_state(row)}") + 2 * _PAD for row in rows)
    return max(widths, default=0) <= width


def _words_beside(rows: Iterable[PanelRow]) -> list[tuple[str, str]]:
    return [(row.size, _state(row)) for row in rows]


def _state(row: PanelRow) -> str:
    return row.note or (dpi_text(row.dpi, lambda _text: False) if row.dpi is not None else "")


class PanelDelegate(RowDelegate):
    """Paints a `PanelRow`: thumbnail, name, size, status."""

    gap = 2
    height = ROW_HEIGHT
    target = -1
    """The row that something is dragged over."""
    rows: tuple[PanelRow, ...] = ()
    """All panels: on one line, what follows the names stands in a column; all show their sizes, or none."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row, the target of a drag as one under the pointer."""
        if index.row() == self.target:
            option.state |= QStyle.StateFlag.State_MouseOver
        super().paint(painter, option, index)

    def sizeHint(  # noqa: N802  (Qt's name)
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Every row has the same height."""
        del option, index
        return QSize(200, self.height)

    def paint_row(self, painter: QPainter, area: QRect, value: PanelRow, *, selected: bool) -> None:
        """Paint one row."""
        del selected
        thumb = _thumb(area)
        middle = area.center().y() - thumb // 2
        self._thumbnail(painter, QRect(area.left() + _PAD, middle, thumb, thumb), value)
        write = self._words if area.height() >= TWO_LINES else self._line
        write(painter, words_area(area), value)

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
        painter.fillRect(place, QColor(BOARD))  # which see-through artwork lies on
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
        painter.setPen(QColor(self._note_colour(row)))
        painter.drawText(upper, right | middle, row.note)
        painter.setPen(QColor(self.theme.text))
        painter.setFont(strong)
        painter.drawText(upper, left | middle, row.name)
        self._link_mark(painter, upper, row)
        strong.setWeight(QFont.Weight.Normal)
        painter.setFont(strong)
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(lower, left | middle, row.size)
        if row.dpi is not None:
            painter.setPen(QColor(self.theme.warning if is_low(row.dpi) else self.theme.muted))
            painter.drawText(lower, right | middle, resolution(row, painter.fontMetrics(), lower.width()))

    def _line(self, painter: QPainter, area: QRect, row: PanelRow) -> None:
        """All words on one line: name, state or resolution, and the size if every row has room for it."""
        middle = Qt.AlignmentFlag.AlignVCenter
        plain, strong = QFont(painter.font()), QFont(painter.font())
        plain.setWeight(QFont.Weight.Normal)
        strong.setWeight(QFont.Weight.DemiBold)
        warned = row.dpi is not None and is_low(row.dpi) and not row.note
        painter.setFont(plain)
        painter.setPen(QColor(self.theme.warning if warned else self._note_colour(row)))
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, _state(row))
        painter.setPen(QColor(self.theme.muted))
        rows = self.rows or (row,)
        names = QFontMetrics(strong)
        marks = _MARK + _PAD if any(one.link for one in rows) else 0
        column = max(names.horizontalAdvance(one.name) for one in rows) + marks + 2 * _PAD
        room = area.adjusted(column, 0, 0, 0)
        if sizes_fit(rows, QFontMetrics(plain), room.width()):
            painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, row.size)
        painter.setPen(QColor(self.theme.text))
        painter.setFont(strong)
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignLeft, row.name)
        self._link_mark(painter, area, row)

    def _link_mark(self, painter: QPainter, area: QRect, row: PanelRow) -> None:
        """Behind the name, in its font, that the panel follows a file."""
        if row.link:
            left = area.left() + painter.fontMetrics().horizontalAdvance(row.name) + _PAD - 2
            place = QRect(left, area.center().y() - _MARK // 2, _MARK, _MARK)
            icon = "unlink" if row.link == "replaced" else "link"
            colour = self.theme.warning if row.link in TROUBLED else self.theme.muted
            line_icon(icon, colour).paint(painter, place)

    def _note_colour(self, row: PanelRow) -> str:
        troubled = row.status == "art" and row.link in TROUBLED
        return self.theme.warning if troubled else self._status_colour(row.status)

    def _status_colour(self, status: str) -> str:
        theme = self.theme
        return {
            "working": theme.accent,
            "finished": theme.good,
            "failed": theme.error,
            "missing": theme.warning,
        }.get(status, theme.muted)


class PanelList(RowList):
    """Lists panels; any number of them may be selected, and those with artwork dragged onto others.

    Signals:
        panels_selected: the panels the user chose, as a tuple; the one chosen last first.
        panel_dropped: a panel dropped on another one, that one, and whether it shall keep its artwork.
        dropped: panel id and the `Offer` dropped on it.
        menu_wanted: panel id and a place on the screen.
    """

    panels_selected = Signal(object)
    panel_dropped = Signal(str, str, bool)
    dropped = Signal(str, object)
    menu_wanted = Signal(str, QPoint)

    def __init__(self) -> None:
        self._rows = PanelDelegate()
        super().__init__(self._rows)
        self.setAccessibleName(self.tr("Panels"))
        self.setAcceptDrops(True)
        self.setDragEnabled(True)
        self.setSelectionMode(PanelList.SelectionMode.ExtendedSelection)
        self._changeable = True
        self.itemSelectionChanged.connect(self._on_selection)

    def set_changeable(self, *, changeable: bool) -> None:
        """Whether panels may be dragged onto each other now."""
        self._changeable = changeable

    def show_rows(self, rows: Sequence[PanelRow], chosen: Sequence[str]) -> None:
        """Show the panels and which are selected, the current one first; items stay while the panels do."""
        with QSignalBlocker(self):
            if [row.panel_id for row in rows] != self._panel_ids():
                self.clear()
                for row in rows:
                    QListWidgetItem(row.name, self)
                self._share_height()
            self._show_together(tuple(rows))
            for index, row in enumerate(rows):
                self._fill(self.item(index), row)
            if sorted(chosen) != sorted(self._chosen()):
                self._select(chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Make the rows as high as all of them have room."""
        super().resizeEvent(event)
        self._share_height()

    def _share_height(self) -> None:
        share = (self.viewport().height() - 1) // max(1, self.count())
        height = max(LEAST_HEIGHT, min(ROW_HEIGHT, share))
        if height != self._rows.height:
            self._rows.height = height
            self.scheduleDelayedItemsLayout()

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """One row; it takes what there is."""
        return QSize(super().sizeHint().width(), ROW_HEIGHT)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802  (Qt's name)
        """Ask for the menu of the panel under the pointer, or of the selected one by keyboard."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        item = self.currentItem() if by_key else self.itemAt(event.pos())
        if item is not None:
            place = self.visualItemRect(item).center() if by_key else event.pos()
            self.menu_wanted.emit(item.data(ROW_ROLE).panel_id, self.viewport().mapToGlobal(place))

    def startDrag(self, _actions: Qt.DropAction) -> None:  # noqa: N802  (Qt's name)
        """Drag the panel that was pressed, if it has artwork."""
        if self.currentRow() < 0 or not self._changeable:
            return
        row: PanelRow = self.currentItem().data(ROW_ROLE)
        if row.thumbnail is not None:
            drag_panel(self, row.panel_id, row.thumbnail)
            self._mark(-1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  (Qt's name)
        """Take panels and pictures."""
        known = bool(dragged_panel(event.mimeData())) or is_offer(event.mimeData())
        event.setAccepted(known)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802  (Qt's name)
        """Take them over a panel only, a panel over another one."""
        item, panel_id = self.itemAt(event.position().toPoint()), dragged_panel(event.mimeData())
        if self._may_drop(panel_id, item):
            take(event)
        else:
            event.setAccepted(item is not None and is_offer(event.mimeData()))
        self._mark(self.row(item) if item is not None and event.isAccepted() else -1)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802  (Qt's name)
        """Mark nothing any more."""
        self._mark(-1)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  (Qt's name)
        """Tell which panel something was dropped on."""
        self._mark(-1)
        panel_id = dragged_panel(event.mimeData())
        target = self.itemAt(event.position().toPoint())
        if target is not None and self._may_drop(panel_id, target):
            take(event)
            self.panel_dropped.emit(panel_id, target.data(ROW_ROLE).panel_id, copies(event))
            return
        if target is not None and is_offer(event.mimeData()):
            event.acceptProposedAction()
            self.dropped.emit(target.data(ROW_ROLE).panel_id, offer(event.mimeData()))

    def _fill(self, item: QListWidgetItem, row: PanelRow) -> None:
        if item.data(ROW_ROLE) == row:
            return  # a row that is set is painted again
        item.setData(ROW_ROLE, row)
        item.setToolTip(tip(row.tip, row.came_in, *row.link_tip))
        told = (row.name, row.size, row.note, *row.link_tip[:1])
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(told))

    def _show_together(self, rows: tuple[PanelRow, ...]) -> None:
        if _words_beside(rows) != _words_beside(self._rows.rows):
            self.viewport().update()  # a row whose size has room again may itself be the same
        self._rows.rows = rows

    def _panel_ids(self) -> list[str]:
        return [self.item(index).data(ROW_ROLE).panel_id for index in range(self.count())]

    def _may_drop(self, panel_id: str, target: QListWidgetItem | None) -> bool:
        if target is None or not self._changeable or panel_id not in self._panel_ids():
            return False
        return bool(target.data(ROW_ROLE).panel_id != panel_id)

    def _mark(self, row: int) -> None:
        if row != self._rows.target:
            self._rows.target = row
            self.viewport().update()

    def _chosen(self) -> list[str]:
        """The selected panels, the current one first."""
        current = self.currentItem()
        items = sorted(self.selectedItems(), key=lambda item: (item is not current, self.row(item)))
        return [item.data(ROW_ROLE).panel_id for item in items]

    def _select(self, chosen: Sequence[str]) -> None:
        ids = self._panel_ids()
        none = QItemSelectionModel.SelectionFlag.NoUpdate
        for index, panel_id in enumerate(ids):
            self.item(index).setSelected(panel_id in chosen)
        self.setCurrentRow(ids.index(chosen[0]) if chosen else -1, none)

    @Slot()
    def _on_selection(self) -> None:
        self.panels_selected.emit(tuple(self._chosen()))
