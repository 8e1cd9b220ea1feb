"""The panels of the package with what is on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from packdesk.ui.panel_delegate import PanelDelegate
from packdesk.ui.panel_row import ROW_ROLE, PanelRow
from packdesk.ui.parts import tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packdesk.ui.theme import Theme


class PanelList(QListWidget):
    """Lists panels; one of them may be selected.

    Signals:
        panel_selected: the user chose a panel.
    """

    panel_selected = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Panels"))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self._delegate = PanelDelegate(self)
        self.setItemDelegate(self._delegate)
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
        self.viewport().update()

    def _fill(self, item: QListWidgetItem, row: PanelRow) -> None:
        item.setData(ROW_ROLE, row)
        item.setToolTip(tip(row.tip))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{row.name}, {row.size}, {row.note}")

    def _panel_ids(self) -> list[str]:
        return [self.item(index).data(ROW_ROLE).panel_id for index in range(self.count())]

    @Slot(QListWidgetItem)
    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.panel_selected.emit(item.data(ROW_ROLE).panel_id)
