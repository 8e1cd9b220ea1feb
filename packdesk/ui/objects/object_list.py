"""The objects of a panel as a list: what lies on top stands on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from packdesk.ui.objects.clipboard import has_objects
from packdesk.ui.objects.keys import Meant, meant_by
from packdesk.ui.objects.words import kind_words, object_words
from packdesk.ui.parts import tip
from packdesk.ui.translation import translate
from packdesk.ui.wording import panel_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from packdesk.domain.objects.recipe import Recipe
    from packdesk.domain.objects.values import PanelObject

_ID = Qt.ItemDataRole.UserRole
_KIND = Qt.ItemDataRole.UserRole + 1
_KEEP = QItemSelectionModel.SelectionFlag.NoUpdate
_ICONS = {"text": "text", "picture": "picture", "barcode": "barcode", "shape": "shape"}


class ObjectList(QListWidget):
    """Chooses objects, and hides or shows each by its box.

    Signals:
        chosen: the IDs of objects, the one that was chosen last at the end.
        shown_wanted: an ID, and whether the object shall be seen.
        opened: the object shall be typed in.
        delete_wanted: the chosen ones shall go.
        copy_wanted: the chosen ones shall be there twice.
        clip_wanted: the chosen ones shall be on the clipboard.
        cut_wanted: likewise, and be taken off.
        group_wanted: the chosen ones shall be one group.
        ungroup_wanted: they shall be none.
        menu_wanted: what can be done with them shall be offered at a place of the screen.
        paste_wanted: what is there shall come from the clipboard.
    """

    chosen = Signal(object)
    shown_wanted = Signal(str, bool)
    opened = Signal()
    delete_wanted = Signal()
    copy_wanted = Signal()
    clip_wanted = Signal()
    cut_wanted = Signal()
    paste_wanted = Signal()
    group_wanted = Signal()
    ungroup_wanted = Signal()
    menu_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(translate("objects", "Objects on the panel, the topmost first"))
        self.setObjectName("objects")
        self.setSpacing(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # long words are cut short
        self.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self._icons: dict[str, QIcon] = {}
        self.itemSelectionChanged.connect(self._on_selection)
        self.itemChanged.connect(self._on_changed)
        self.itemActivated.connect(self._on_activated)

    def set_icons(self, icon_of: Callable[[str], QIcon]) -> None:
        """Draw what kind each is by these icons."""
        self._icons = {kind: icon_of(name) for kind, name in _ICONS.items()}
        for row in range(self.count()):
            self.item(row).setIcon(self._icons[self.item(row).data(_KIND)])

    def show_recipe(self, recipe: Recipe | None, chosen: Sequence[str]) -> None:
        """Show these, with some of them chosen."""
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
            last = ids.index(chosen[-1]) if chosen and chosen[-1] in ids else -1
            if last != self.currentRow():
                self.setCurrentRow(last, _KEEP)
            for row, name in enumerate(ids):
                self.item(row).setSelected(name in chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Keep in view what is chosen: its properties take room from the list."""
        super().resizeEvent(event)
        if self.selectedItems():
            self.scrollToItem(self.currentItem())

    def _fill(self, item: QListWidgetItem, one: PanelObject) -> None:
        if item.data(_KIND) != one.kind:
            item.setData(_KIND, one.kind)
            item.setIcon(self._icons.get(one.kind, QIcon()))
        told = object_words(one)
        locked = f" ({_stays(one)})" if one.locked else ""
        if item.text() != told + locked:
            item.setText(told + locked)
            item.setToolTip(tip(f"{kind_words(one.kind)}: {told}"))
        shown = Qt.CheckState.Unchecked if one.hidden else Qt.CheckState.Checked
        if item.data(Qt.ItemDataRole.CheckStateRole) is None or item.checkState() != shown:  # none is no box
            item.setCheckState(shown)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802  (Qt's name)
        """Offer what can be done with what is chosen."""
        if self.selectedItems():
            self.menu_wanted.emit(event.globalPos())

    def event(self, event: QEvent) -> bool:
        """Take the clipboard's keys from the window, whose are those of panels' pictures."""
        override = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and self._doing(event) is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Delete what is chosen, or bring it to the clipboard and from there."""
        do = self._doing(event)
        if do is None:
            super().keyPressEvent(event)
        else:
            do()

    def _doing(self, event: QKeyEvent) -> Callable[[], object] | None:
        meant, chosen = meant_by(event), bool(self.selectedItems())
        if meant is Meant.PASTE and has_objects():
            return self.paste_wanted.emit
        does: dict[Meant | None, Callable[[], object]] = {
            Meant.DELETE: self.delete_wanted.emit,
            Meant.COPY: self.clip_wanted.emit,
            Meant.CUT: self.cut_wanted.emit,
            Meant.DUPLICATE: self.copy_wanted.emit,
            Meant.GROUP: self.group_wanted.emit,
            Meant.UNGROUP: self.ungroup_wanted.emit,
        }
        return does.get(meant) if chosen else None

    @Slot()
    def _on_selection(self) -> None:
        names = [item.data(_ID) for item in self.selectedItems()]
        current: QListWidgetItem | None = self.currentItem()
        if current is not None and current.data(_ID) in names:
            names.remove(current.data(_ID))
            names.append(current.data(_ID))
        self.chosen.emit(tuple(names))

    @Slot(QListWidgetItem)
    def _on_changed(self, item: QListWidgetItem) -> None:
        self.shown_wanted.emit(item.data(_ID), item.checkState() == Qt.CheckState.Checked)

    @Slot(QListWidgetItem)
    def _on_activated(self, _item: QListWidgetItem) -> None:
        self.opened.emit()


def _stays(one: PanelObject) -> str:
    """Why it is not moved."""
    return (
        translate("objects", "from {panel}").format(panel=panel_name(one.of))
        if one.of
        else translate("objects", "locked")
    )
