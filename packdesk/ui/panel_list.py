"""The panels of the package with what is on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from packdesk.ui.dropping import dropped_picture
from packdesk.ui.panel_delegate import PanelDelegate
from packdesk.ui.panel_row import ROW_ROLE, PanelRow
from packdesk.ui.parts import tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

    from packdesk.ui.theme import Theme


class PanelList(QListWidget):
    """Lists panels; one of them may be selected.

    Signals:
        panel_selected: the user chose a panel.
        file_dropped: panel id and a picture file (`Path`).
        menu_wanted: panel id and a place on the screen.
    """

    panel_selected = Signal(str)
    file_dropped = Signal(str, object)
    menu_wanted = Signal(str, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Panels"))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self._delegate = PanelDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setAcceptDrops(True)
        self.currentItemChanged.connect(self._on_current)

    def set_theme(self, theme: Theme) -> None:
        """Paint in the theme's colours."""
        self._delegate.theme = theme
        self.viewport().update()

    def show_rows(self, rows: Sequence[PanelRow], selected: str | None) -> None:
        """Show the panels; items are kept while the panels are the same."""
        with QSignalBlocker(self):
            if [row.panel_id for row in rows] != self._panel_ids():
                self.clear()
                for row in rows:
                    QListWidgetItem(row.name, self)
            for index, row in enumerate(rows):
                self._fill(self.item(index), row)
                if row.panel_id == selected:
                    self.setCurrentRow(index)
            if selected is None:
                self.setCurrentItem(None)  # type: ignore[call-overload]  # Qt takes a null item

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802  (Qt's name)
        """Ask for the menu of the panel under the pointer, or of the selected one by keyboard."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        item = self.currentItem() if by_key else self.itemAt(event.pos())
        if item is not None:
            place = self.visualItemRect(item).center() if by_key else event.pos()
            self.menu_wanted.emit(item.data(ROW_ROLE).panel_id, self.viewport().mapToGlobal(place))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  (Qt's name)
        """Take picture files."""
        event.setAccepted(dropped_picture(event.mimeData()) is not None)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802  (Qt's name)
        """Take them over a panel only."""
        over = self.itemAt(event.position().toPoint()) is not None
        event.setAccepted(over and dropped_picture(event.mimeData()) is not None)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  (Qt's name)
        """Tell which panel a file was dropped on."""
        item, file = self.itemAt(event.position().toPoint()), dropped_picture(event.mimeData())
        if item is not None and file is not None:
            event.acceptProposedAction()
            self.file_dropped.emit(item.data(ROW_ROLE).panel_id, file)

    def _fill(self, item: QListWidgetItem, row: PanelRow) -> None:
        if item.data(ROW_ROLE) == row:
            return  # a row that is set is painted again
        item.setData(ROW_ROLE, row)
        item.setToolTip(tip(row.tip))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{row.name}, {row.size}, {row.note}")

    def _panel_ids(self) -> list[str]:
        return [self.item(index).data(ROW_ROLE).panel_id for index in range(self.count())]

    @Slot(QListWidgetItem)
    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.panel_selected.emit(item.data(ROW_ROLE).panel_id)
