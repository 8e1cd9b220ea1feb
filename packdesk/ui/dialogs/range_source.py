"""Which table, and what design its products have in common."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from packdesk.domain.text import cut
from packdesk.ui.dropping import TABLES, last_folder, noted
from packdesk.ui.parts import button, choice_box, label, restyle, tip

if TYPE_CHECKING:
    from collections.abc import Sequence

ENDINGS = (*TABLES, ".txt")
_NAME_LETTERS = 40
_MOST_WIDTH = 180
_THIS, _FILE, _OTHER = "this", "file", "other"


class RangeSource(QWidget):
    """A table and a base design.

    Attributes:
        table: the file; None at first.
        design: the base design's file; None for the design in the window.

    Signals:
        table_chosen: another table.
        edited: another sheet or base design.
    """

    table_chosen = Signal()
    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.table: Path | None = None
        self.design: Path | None = None
        self.name = label(self.tr("None chosen yet: choose one, or drop it here."), "muted")
        self.choose_button = button(self.tr("Choose a table …"))
        self.sheet = choice_box(self.tr("Sheet of the workbook"), ())
        self.sheet.setMaximumWidth(_MOST_WIDTH)
        self.base = choice_box(
            self.tr("Base design"),
            ((_THIS, self.tr("The design in this window")), (_OTHER, self.tr("A file …"))),
        )
        self._place()
        self.choose_button.clicked.connect(self._choose)
        self.sheet.activated.connect(self.edited)
        self.base.activated.connect(self._on_base)
        self._first = ""

    @property
    def sheet_said(self) -> str:
        """The sheet that is wanted; empty for the first one that is seen, whatever it is called."""
        return str(self.sheet.currentData() or "")

    def show_sheets(self, names: Sequence[str], read: str) -> None:
        """Offer the sheets of the workbook, where there are several.

        Args:
            names: theirs; none where the table could not be read, which changes nothing.
            read: the one that was.
        """
        if not names:
            return
        if not self.sheet_said:
            self._first = read
        with QSignalBlocker(self.sheet):
            self.sheet.clear()
            for name in names:
                self.sheet.addItem(cut(name, _NAME_LETTERS), "" if name == self._first else name)
            self.sheet.setCurrentIndex(names.index(read))
        self._sheet_row.setVisible(len(names) > 1)

    def use_table(self, file: Path) -> None:
        """Make ranges from this table."""
        self.table = file
        self.name.setText(cut(file.name, _NAME_LETTERS))
        self.name.setToolTip(tip(str(file)))
        self.name.setProperty("role", "value")
        restyle(self.name)
        with QSignalBlocker(self.sheet):
            self.sheet.clear()
        self._sheet_row.hide()
        self.table_chosen.emit()

    @Slot()
    def _choose(self) -> None:
        kinds = self.tr("Tables ({0});;All files (*)").format(" ".join(f"*{one}" for one in ENDINGS))
        file, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a table"), last_folder(), kinds)
        if file:
            self.use_table(noted(Path(file)))

    @Slot()
    def _on_base(self) -> None:
        if self.base.currentData() == _OTHER:
            kinds = self.tr("Designs (*.packdesk)")
            file, _ = QFileDialog.getOpenFileName(self, self.tr("Base design"), last_folder(), kinds)
            if file:
                self.design = noted(Path(file))
            self._show_base()
        elif self.base.currentData() == _THIS:
            self.design = None
            self._show_base()
        self.edited.emit()

    def _show_base(self) -> None:
        known = self.base.findData(_FILE)
        if self.design is not None:
            if known < 0:
                self.base.insertItem(1, "", _FILE)
                known = 1
            self.base.setItemText(known, cut(self.design.name, _NAME_LETTERS))
        self.base.setCurrentIndex(known if self.design is not None else 0)

    def _place(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._sheet_row = QWidget()
        sheet = QHBoxLayout(self._sheet_row)
        sheet.setContentsMargins(0, 0, 0, 0)
        sheet.addWidget(label(self.tr("Sheet")))
        sheet.addWidget(self.sheet)
        self._sheet_row.hide()
        row.addWidget(self.choose_button)
        row.addWidget(self.name, 1)
        row.addWidget(self._sheet_row)
        row.addSpacing(16)
        row.addWidget(label(self.base.accessibleName()))
        row.addWidget(self.base)
        self.choose_button.setAutoDefault(False)
