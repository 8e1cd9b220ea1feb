"""The objects of a panel as a list: what lies on top stands on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSignalBlocker,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QContextMenuEvent, QIcon, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem

from packdesk.domain.objects.arranging import with_groups
from packdesk.domain.text import cut, printable
from packdesk.ui.objects.clipboard import has_objects
from packdesk.ui.objects.keys import Meant, meant_by
from packdesk.ui.objects.words import kind_words, object_words
from packdesk.ui.parts import tip
from packdesk.ui.translation import translate
from packdesk.ui.wording import panel_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from packdesk.domain.objects.recipe import Recipe
    from packdesk.domain.objects.values import PanelObject

_Index = QModelIndex | QPersistentModelIndex
_ID = Qt.ItemDataRole.UserRole
_KIND = Qt.ItemDataRole.UserRole + 1
_MARKED = Qt.ItemDataRole.UserRole + 2
_KEEP = QItemSelectionModel.SelectionFlag.NoUpdate
_LONGEST_GROUP = 20
_ICONS = {"text": "text", "picture": "picture", "barcode": "barcode", "shape": "shape"}


class ObjectList(QListWidget):
    """Chooses objects, and hides or shows each by its box.

    Attributes:
        is_pressed: whether a button of the mouse is just being pressed or let go on it.

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
        self.setItemDelegate(_Rows(self))
        self._icons: dict[str, QIcon] = {}
        self._recipe: Recipe | None = None
        self.is_pressed = False
        self.itemSelectionChanged.connect(self._on_selection)
        self.itemChanged.connect(self._on_changed)

    def set_icons(self, icon_of: Callable[[str], QIcon]) -> None:
        """Draw what kind each is by these icons."""
        self._icons = {kind: icon_of(name) for kind, name in _ICONS.items()}
        for row in range(self.count()):
            self.item(row).setIcon(self._icons[self.item(row).data(_KIND)])

    def show_recipe(self, recipe: Recipe | None, chosen: Sequence[str]) -> None:
        """Show these, with some of them chosen."""
        self._recipe = recipe
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
        marks = ", ".join(_marks(one))
        item.setData(_MARKED, bool(marks))
        text = f"{told} ({marks})" if marks else told
        if item.text() != text:
            item.setText(text)
            item.setToolTip(tip(f"{kind_words(one.kind)}: {told}"))
        shown = Qt.CheckState.Unchecked if one.hidden else Qt.CheckState.Checked
        if item.data(Qt.ItemDataRole.CheckStateRole) is None or item.checkState() != shown:  # none is no box
            item.setCheckState(shown)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802  (Qt's name)
        """Offer what can be done with what is chosen."""
        if self.selectedItems() or has_objects():
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
        if meant is Meant.ALL and self.count():
            return self._choose_all
        does: dict[Meant | None, Callable[[], object]] = {
            Meant.NONE: lambda: self.chosen.emit(()),
            Meant.OPEN: self.opened.emit,
            Meant.DELETE: self.delete_wanted.emit,
            Meant.COPY: self.clip_wanted.emit,
            Meant.CUT: self.cut_wanted.emit,
            Meant.DUPLICATE: self.copy_wanted.emit,
            Meant.GROUP: self.group_wanted.emit,
            Meant.UNGROUP: self.ungroup_wanted.emit,
        }
        return does.get(meant) if chosen else None

    def _choose_all(self) -> None:
        ones = () if self._recipe is None else self._recipe.objects
        self.chosen.emit(tuple(one.id for one in ones if not (one.hidden or one.locked)))

    @Slot()
    def _on_selection(self) -> None:
        """What is one group is chosen together, and together no longer."""
        names = [item.data(_ID) for item in self.selectedItems()]
        current: QListWidgetItem | None = self.currentItem()
        last = "" if current is None else current.data(_ID)
        if self._recipe is None or last not in self._recipe.ids:
            self.chosen.emit(tuple(names))
        elif last in names:
            names.remove(last)
            self.chosen.emit(with_groups(self._recipe, (*names, last)))
        else:
            left_out = with_groups(self._recipe, (last,))
            self.chosen.emit(tuple(name for name in names if name not in left_out))

    @Slot(QListWidgetItem)
    def _on_changed(self, item: QListWidgetItem) -> None:
        self.shown_wanted.emit(item.data(_ID), item.checkState() == Qt.CheckState.Checked)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Know what is done with the mouse."""
        self.is_pressed = event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease)
        try:
            return super().viewportEvent(event)
        finally:
            self.is_pressed = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt's name)
        """Open what was clicked, by itself if it is one of a group."""
        item: QListWidgetItem | None = self.itemAt(event.position().toPoint())
        if item is not None:
            self.chosen.emit((item.data(_ID),))
            self.opened.emit()


class _Rows(QStyledItemDelegate):
    """Cuts long words short; where a row's end says what it is, before that."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:  # noqa: N802  (Qt's name)
        super().initStyleOption(option, index)
        if index.data(_MARKED):
            option.textElideMode = Qt.TextElideMode.ElideMiddle


def _marks(one: PanelObject) -> Iterator[str]:
    """Its group, and why it is not moved."""
    if one.group:
        name = cut(printable(one.group).removeprefix("group-"), _LONGEST_GROUP)
        yield translate("objects", "group {name}").format(name=name)
    if one.of:
        yield translate("objects", "from {panel}").format(panel=panel_name(one.of))
    elif one.locked:
        yield translate("objects", "locked")
