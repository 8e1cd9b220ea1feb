"""The views a picture can be made of: the one that is shown, and those that have a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from packdesk.domain.saved_view import NAME_LENGTH
from packdesk.ui.parts import button, column, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packdesk.domain.saved_view import SavedView

THIS_VIEW = ""
_NAME = Qt.ItemDataRole.UserRole


class ViewList(QWidget):
    """Views with a tick each; more can be saved and removed.

    Signals:
        edited: other views are ticked.
        chosen: the name of a view to be shown.
        kept: the name under which the shown view is to be saved.
        removed: the name of a view to be forgotten.
    """

    edited = Signal()
    chosen = Signal(str)
    kept = Signal(str)
    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Views"))
        self.list.setToolTip(self.tr("A double click shows a saved view."))
        self.name = QLineEdit(maxLength=NAME_LENGTH)
        self.name.setPlaceholderText(self.tr("Name of this view"))
        self.name.setAccessibleName(self.name.placeholderText())
        self.keep_button = button(self.tr("Save view"))
        self.remove_button = button(self.tr("Remove"))
        self._place()
        self._connect()
        self.show_views(())

    def show_views(self, views: Sequence[SavedView]) -> None:
        """Show these after the present view; ticks stay."""
        ticked = self.ticked() if self.list.count() else (THIS_VIEW,)
        with QSignalBlocker(self.list):
            self.list.clear()
            for name in (THIS_VIEW, *(view.name for view in views)):
                item = QListWidgetItem(name or self.tr("The view as it is"), self.list)
                item.setData(_NAME, name)
                item.setCheckState(Qt.CheckState.Checked if name in ticked else Qt.CheckState.Unchecked)
        self._show_buttons()
        self.edited.emit()

    def ticked(self) -> tuple[str, ...]:
        """The names of the ticked views; `THIS_VIEW` for the present one."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return tuple(item.data(_NAME) for item in items if item.checkState() is Qt.CheckState.Checked)

    def _place(self) -> None:
        self.list.setObjectName("views")
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(label(self.tr("Views"), "heading"), 1)
        head.addWidget(self.remove_button)
        foot.addWidget(self.name, 1)
        foot.addWidget(self.keep_button)
        layout = column(self)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.list.itemChanged.connect(self.edited)
        self.list.itemActivated.connect(self._on_activated)
        self.list.currentItemChanged.connect(self._show_buttons)
        self.name.textChanged.connect(self._show_buttons)
        self.name.returnPressed.connect(self._keep)
        self.keep_button.clicked.connect(self._keep)
        self.remove_button.clicked.connect(self._remove)

    @Slot()
    def _show_buttons(self) -> None:
        self.keep_button.setEnabled(bool(self.name.text().strip()))
        self.remove_button.setEnabled(bool(self._current()))

    def _current(self) -> str:
        row = self.list.currentRow()
        return THIS_VIEW if row < 0 else str(self.list.item(row).data(_NAME))

    @Slot(QListWidgetItem)
    def _on_activated(self, item: QListWidgetItem) -> None:
        if item.data(_NAME) != THIS_VIEW:
            self.chosen.emit(item.data(_NAME))

    @Slot()
    def _keep(self) -> None:
        name = self.name.text().strip()
        if name:
            self.name.clear()
            self.kept.emit(name)

    @Slot()
    def _remove(self) -> None:
        if name := self._current():
            self.removed.emit(name)
