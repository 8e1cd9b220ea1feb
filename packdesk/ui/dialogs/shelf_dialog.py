"""The designs of this machine: a shelf to choose from, and what can be done with one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import (
    QDateTime,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QListView,
    QListWidgetItem,
    QPushButton,
    QStyleOptionViewItem,
    QWidget,
)

from packdesk.domain.design_name import LONGEST
from packdesk.ui.parts import GAP, MARGIN, button, column, label, tip
from packdesk.ui.row_list import ROW_ROLE, RowDelegate, RowList
from packdesk.ui.wording import moment_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QImage, QKeyEvent

    from packdesk.store.shelf import ShelvedDesign
    from packdesk.ui.theme import Theme

PICTURE = QSize(160, 120)
_CELL = QSize(190, 176)
_FIRST_SIZE, _LEAST_SIZE = QSize(860, 560), QSize(560, 360)
_REST_MS = 200
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class Shelved(NamedTuple):
    """A cell: a design, when it was used or that it is open, and what it looks like."""

    design: ShelvedDesign
    below: str
    picture: QPixmap


class ShelfDelegate(RowDelegate):
    """Paints a picture with the name and a line below it."""

    gap = 2

    def sizeHint(  # noqa: N802  (Qt's name)
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """All cells are alike."""
        del option, index
        return _CELL

    def paint_row(self, painter: QPainter, area: QRect, value: Shelved, *, selected: bool) -> None:
        """Paint one design."""
        del selected
        place = QRect(QPoint(0, 0), PICTURE)
        place.moveCenter(QPoint(area.center().x(), area.top() + GAP + PICTURE.height() // 2))
        self.paint_picture(painter, place, value.picture)
        words = area.adjusted(GAP, PICTURE.height() + GAP + 6, -GAP, 0)
        for text, colour in ((value.design.name, self.theme.text), (value.below, self.theme.muted)):
            self.write_line(painter, words, text, colour)
            words.translate(0, painter.fontMetrics().height() + 1)


class ShelfDialog(QDialog):
    """Shows designs and says what the user wants of them. It changes nothing itself.

    Signals:
        searched: other words, or the bin instead of the shelf: the words, whether it is the bin.
        open_wanted: go on with this design (`ShelvedDesign`).
        window_wanted: open it in another window.
        new_wanted: make another one.
        rename_wanted: a design and its new name.
        duplicate_wanted, delete_wanted, restore_wanted, remove_wanted: a design.
        at_start_chosen: whether the shelf shows at each start.
    """

    searched = Signal(str, bool)
    open_wanted = Signal(object)
    window_wanted = Signal(object)
    new_wanted = Signal()
    rename_wanted = Signal(object, str)
    duplicate_wanted = Signal(object)
    delete_wanted = Signal(object)
    restore_wanted = Signal(object)
    remove_wanted = Signal(object)
    at_start_chosen = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Designs"))
        self.search = QLineEdit(placeholderText=self.tr("Search designs"), clearButtonEnabled=True)
        self.search.setAccessibleName(self.search.placeholderText())
        self.bin = QCheckBox(self.tr("Bin"))
        self.at_start = QCheckBox(self.tr("Show at start"))
        self.list = RowList(ShelfDelegate())
        self.hint = label("", "muted")
        self.open_button = button(self.tr("Open"), kind="primary")
        self.window_button = button(self.tr("Open in new window"))
        self.new_button = button(self.tr("New design"))
        self.rename_button = button(self.tr("Rename …"))
        self.duplicate_button = button(self.tr("Duplicate"))
        self.delete_button = button(self.tr("Delete"))
        self.restore_button = button(self.tr("Bring back"), kind="primary")
        self.remove_button = button(self.tr("Delete for good"))
        self._own = ""
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._place()
        self._connect()
        self.resize(_FIRST_SIZE)

    def show_designs(
        self, designs: Sequence[ShelvedDesign], pictures: Mapping[str, QImage], own: str = ""
    ) -> None:
        """List these; what is selected stays so.

        Args:
            designs: in their order.
            pictures: what they look like, by ID.
            own: ID of the one this window works on.
        """
        chosen = self.chosen()
        self._own = own
        self.list.clear()
        for design in designs:
            item = self._item(design, pictures.get(design.id))
            self.list.addItem(item)
            if design.id == (chosen.id if chosen else own):
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0 and designs:
            self.list.setCurrentRow(0)
        self.hint.setText(self._hint_words(bool(designs)))
        self._follow()

    def set_theme(self, theme: Theme) -> None:
        """Paint in the theme's colours."""
        self.list.set_theme(theme)

    def chosen(self) -> ShelvedDesign | None:
        """The selected design."""
        if self.list.currentRow() < 0:
            return None
        shown: Shelved = self.list.currentItem().data(ROW_ROLE)
        return shown.design

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Return opens what is selected, wherever the focus is; F2 renames, Delete deletes."""
        if event.key() in _ENTER:
            self._open()
        elif event.key() == Qt.Key.Key_F2:
            self._rename()
        elif event.key() == Qt.Key.Key_Delete and self.list.hasFocus():
            (self.remove_button if self.bin.isChecked() else self.delete_button).click()
        else:
            super().keyPressEvent(event)

    def _item(self, design: ShelvedDesign, picture: QImage | None) -> QListWidgetItem:
        when = QDateTime.fromString(design.deleted_at or design.newest, Qt.DateFormat.ISODateWithMs)
        moment = moment_text(when.toLocalTime())
        below = self.tr("open here") if design.id == self._own else moment
        copied = self.tr("A copy of the design on {0}").format(design.origin) if design.origin else ""
        item = QListWidgetItem()
        item.setData(
            ROW_ROLE, Shelved(design, below, QPixmap() if picture is None else QPixmap.fromImage(picture))
        )
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{design.name}, {below}")
        item.setToolTip(tip(design.name, moment, copied))
        return item

    def _place(self) -> None:
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setGridSize(_CELL)
        self.list.setUniformItemSizes(True)
        self.list.setSpacing(0)
        self.list.setAccessibleName(self.tr("Designs"))
        self.setMinimumSize(_LEAST_SIZE)
        self.search.setMaxLength(LONGEST)
        head, below = QHBoxLayout(), QHBoxLayout()
        for row in (head, below):
            row.setSpacing(GAP)
        head.addWidget(self.search, 1)
        for choice in (self.at_start, self.bin):
            head.addSpacing(GAP)
            head.addWidget(choice)
        left = (self.new_button, self.rename_button, self.duplicate_button, self.delete_button)
        right = (self.window_button, self.open_button, self.restore_button)
        for one in (*left, self.remove_button):
            below.addWidget(one)
        below.addStretch(1)
        for one in right:
            below.addWidget(one)
        layout = column(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.hint)
        layout.addLayout(below)
        for one in self.findChildren(QPushButton):
            one.setAutoDefault(False)  # Return opens
        self.list.setFocus()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._rest.start)
        self._rest.timeout.connect(self._send)
        self.bin.toggled.connect(self._send)
        self.at_start.clicked.connect(self.at_start_chosen)
        self.list.currentItemChanged.connect(self._follow)
        self.list.itemDoubleClicked.connect(self._open)
        self.open_button.clicked.connect(self._open)
        self.new_button.clicked.connect(self.new_wanted)
        self.rename_button.clicked.connect(self._rename)
        for one, wanted in (
            (self.window_button, self.window_wanted),
            (self.duplicate_button, self.duplicate_wanted),
            (self.delete_button, self.delete_wanted),
            (self.restore_button, self.restore_wanted),
            (self.remove_button, self.remove_wanted),
        ):
            one.clicked.connect(lambda _checked=False, wanted=wanted: wanted.emit(self.chosen()))
        self._follow()

    @Slot()
    def _send(self) -> None:
        self._rest.stop()
        self.searched.emit(self.search.text(), self.bin.isChecked())

    @Slot()
    def _open(self) -> None:
        design = self.chosen()
        if design is None:
            return
        if self.bin.isChecked():
            self.restore_wanted.emit(design)
        elif design.id == self._own:
            self.accept()
        else:
            self.open_wanted.emit(design)

    @Slot()
    def _rename(self) -> None:
        design = self.chosen()
        if design is None or self.bin.isChecked():
            return
        title, asked = self.tr("Rename a design"), self.tr("Name")
        name, agreed = QInputDialog.getText(self, title, asked, QLineEdit.EchoMode.Normal, design.name)
        if agreed and name != design.name:
            self.rename_wanted.emit(design, name)

    @Slot()
    def _follow(self) -> None:
        """Offer what can be done with what is selected, there where it is."""
        design, deleted = self.chosen(), self.bin.isChecked()
        for one in (self.restore_button, self.remove_button):
            one.setVisible(deleted)
            one.setEnabled(design is not None)
        here = (self.rename_button, self.duplicate_button, self.delete_button, self.window_button)
        for shown in (*here, self.open_button, self.new_button, self.at_start):
            shown.setVisible(not deleted)
        for one in (*here, self.open_button):
            one.setEnabled(design is not None)
        if design is not None and design.id == self._own:
            self.delete_button.setEnabled(False)  # it is open in this window
            self.window_button.setEnabled(False)

    def _hint_words(self, any_there: bool) -> str:  # noqa: FBT001  (its only argument)
        if self.bin.isChecked():
            return self.tr("Deleted designs stay here for 30 days.")
        if any_there or not self.search.text():
            return ""
        return self.tr("No design has these words in its name.")
