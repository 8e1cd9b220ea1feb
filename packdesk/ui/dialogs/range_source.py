"""Which table, and what design its products have in common."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from packdesk.domain.text import cut
from packdesk.ui.dropping import TABLES, WORKBOOKS, last_folder, noted
from packdesk.ui.parts import button, choice_box, label, restyle, tip

ENDINGS = (*TABLES, ".txt")
_NAME_LETTERS = 40
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
        self.sheet = QLineEdit()
        self.sheet.setPlaceholderText(self.tr("its first sheet"))
        self.sheet.setAccessibleName(self.tr("Sheet of the workbook"))
        self.sheet.setFixedWidth(130)
        self.base = choice_box(
            self.tr("Base design"),
            ((_THIS, self.tr("The design in this window")), (_OTHER, self.tr("A file …"))),
        )
        self._place()
        self.choose_button.clicked.connect(self._choose)
        self.sheet.editingFinished.connect(self._on_sheet)
        self.base.activated.connect(self._on_base)
        self._sheet_before = ""

    def use_table(self, file: Path) -> None:
        """Make ranges from this table."""
        self.table = file
        self.name.setText(cut(file.name, _NAME_LETTERS))
        self.name.setToolTip(tip(str(file)))
        self.name.setProperty("role", "value")
        restyle(self.name)
        with QSignalBlocker(self.sheet):
            self.sheet.clear()
        self._sheet_before = ""
        self._sheet_row.setVisible(file.suffix.lower() in WORKBOOKS)
        self.table_chosen.emit()

    @Slot()
    def _choose(self) -> None:
        kinds = self.tr("Tables ({0});;All files (*)").format(" ".join(f"*{one}" for one in ENDINGS))
        file, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a table"), last_folder(), kinds)
        if file:
            self.use_table(noted(Path(file)))

    @Slot()
    def _on_sheet(self) -> None:
        if self.sheet.text() != self._sheet_before:
            self._sheet_before = self.sheet.text()
            self.edited.emit()

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
