"""The objects of a panel as a list: what lies on top stands on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from packdesk.ui.objects.words import kind_words, object_words
from packdesk.ui.parts import tip
from packdesk.ui.translation import translate

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from packdesk.domain.objects.recipe import Recipe
    from packdesk.domain.objects.values import PanelObject

_ID = Qt.ItemDataRole.UserRole
_DELETING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class ObjectList(QListWidget):
    """Chooses one object, and hides or shows each by its box.

    Signals:
        chosen: the ID of an object, '' for none.
        shown_wanted: an ID, and whether the object shall be seen.
        opened: the object shall be typed in.
        delete_wanted: the chosen one shall go.
    """

    chosen = Signal(str)
    shown_wanted = Signal(str, bool)
    opened = Signal()
    delete_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(translate("objects", "Objects on the panel, the topmost first"))
        self.setObjectName("objects")
        self.setMinimumHeight(96)
        self.setSpacing(2)
        self.currentItemChanged.connect(self._on_current)
        self.itemChanged.connect(self._on_changed)
        self.itemActivated.connect(self._on_activated)

    def show_recipe(self, recipe: Recipe | None, chosen: str) -> None:
        """Show these, with one of them chosen."""
        with QSignalBlocker(self):
            ids = tuple(reversed(recipe.ids)) if recipe is not None else ()
            if ids != tuple(self.item(row).data(_ID) for row in range(self.count())):
                self.clear()
                for name in ids:
                    item = QListWidgetItem()
                    item.setData(_ID, name)
                    self.addItem(item)
            for row, name in enumerate(ids):
                assert recipe is not None
                self._fill(self.item(row), recipe.get(name))
            self.setCurrentRow(ids.index(chosen) if chosen in ids else -1)

    @staticmethod
    def _fill(item: QListWidgetItem, one: PanelObject) -> None:
        told = object_words(one)
        locked = f" ({translate('objects', 'locked')})" if one.locked else ""
        if item.text() != told + locked:
            item.setText(told + locked)
            item.setToolTip(tip(f"{kind_words(one.kind)}: {told}"))
        shown = Qt.CheckState.Unchecked if one.hidden else Qt.CheckState.Checked
        if item.checkState() != shown:
            item.setCheckState(shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Delete the chosen one."""
        if event.key() in _DELETING:
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)

    @Slot(QListWidgetItem)
    def _on_current(self, item: QListWidgetItem | None) -> None:
        self.chosen.emit("" if item is None else item.data(_ID))

    @Slot(QListWidgetItem)
    def _on_changed(self, item: QListWidgetItem) -> None:
        self.shown_wanted.emit(item.data(_ID), item.checkState() == Qt.CheckState.Checked)

    @Slot(QListWidgetItem)
    def _on_activated(self, _item: QListWidgetItem) -> None:
        self.opened.emit()
