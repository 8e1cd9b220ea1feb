"""What is made of each row: kinds of files, their names, their folder, and what it may cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from packdesk.domain.ranges.naming import PATTERN
from packdesk.domain.text import cut
from packdesk.ui.dialogs.range_words import KINDS, kind_name
from packdesk.ui.dropping import last_folder, use_folder
from packdesk.ui.parts import GAP, button, label, tip

if TYPE_CHECKING:
    from pathlib import Path

_MOST_USD = 100_000
_EXAMPLE_LETTERS, _EXAMPLE_LINES = 60, 2


class RangeForm(QWidget):
    """What can be set for a range.

    Signals:
        edited: something was set that is checked by looking through the table again.
        limit_edited: another sum was agreed to.
    """

    edited = Signal()
    limit_edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.kinds = {kind: QCheckBox(kind_name(kind)) for kind in KINDS}
        self.kinds["pdf"].setChecked(True)
        self.pattern = QLineEdit(PATTERN)
        self.pattern.setAccessibleName(self.tr("Names of the files"))
        self.pattern.setToolTip(
            tip(self.tr("Fields of the row in braces: {brand}, {product}, {code} …, {row} for its number."))
        )
        self.example = label("", "small", wrap=True)
        self.example.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.example.setMinimumHeight(_EXAMPLE_LINES * self.example.fontMetrics().lineSpacing())
        self.folder = QLineEdit()
        self.folder.setAccessibleName(self.tr("Folder for the files"))
        self.folder_button = button(self.tr("Choose …"))
        self.folder_button.setAutoDefault(False)
        self.folder_button.setAccessibleName(self.tr("Choose the folder"))
        self.replacing = QCheckBox(self.tr("Replace other files there"))
        self.replacing.setToolTip(
            tip(self.tr("Also files of another table, and such as were changed since they were made."))
        )
        self.limit = QDoubleSpinBox()
        self.limit.setRange(0, _MOST_USD)
        self.limit.setPrefix("US$ ")
        self.limit.setSpecialValueText(self.tr("not said yet"))
        self.limit.setAccessibleName(self.tr("What it may cost at most"))
        self._own_folder = False
        self._place()
        self._connect()

    def begin_table(self, table: Path) -> None:
        """Replace nothing, in a folder beside the table that is called like it, unless one was chosen."""
        with QSignalBlocker(self.replacing):
            self.replacing.setChecked(False)
        if not self._own_folder:
            with QSignalBlocker(self.folder):
                self.folder.setText(str(table.absolute().with_suffix("")))

    def show_example(self, name: str) -> None:
        """What the files of the chosen row are called."""
        words = self.tr("For example: {0}").format(cut(name, _EXAMPLE_LETTERS)) if name else ""
        self.example.setText(words)

    def show_paid(self, *, paid: bool) -> None:
        """Whether pictures cost something: then it is asked how much they may."""
        self._form.setRowVisible(self.limit, paid)

    def wanted(self) -> tuple[str, ...]:
        """The kinds of files that are ticked."""
        return tuple(kind for kind, box in self.kinds.items() if box.isChecked())

    def _place(self) -> None:
        self._form = form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(GAP - 2)
        boxes = QGridLayout()
        boxes.setVerticalSpacing(4)
        for place, box in enumerate(self.kinds.values()):
            boxes.addWidget(box, place // 2, place % 2)
        form.addRow(label(self.tr("Of each row"), "heading"), boxes)
        form.addRow(label(self.pattern.accessibleName()), self.pattern)
        form.addRow(self.example)
        folder = QHBoxLayout()
        folder.addWidget(self.folder, 1)
        folder.addWidget(self.folder_button)
        form.addRow(label(self.folder.accessibleName()), folder)
        form.addRow(self.replacing)
        form.addRow(label(self.limit.accessibleName()), self.limit)
        form.setRowVisible(self.limit, False)  # noqa: FBT003  (Qt's)

    def _connect(self) -> None:
        for box in self.kinds.values():
            box.toggled.connect(self.edited)
        self.pattern.textChanged.connect(self.edited)
        self.folder.textChanged.connect(self._on_folder)
        self.replacing.toggled.connect(self.edited)
        self.folder_button.clicked.connect(self._choose)
        self.limit.valueChanged.connect(self.limit_edited)

    @Slot()
    def _on_folder(self) -> None:
        self._own_folder = True
        self.edited.emit()

    @Slot()
    def _choose(self) -> None:
        start = self.folder.text() or last_folder()
        chosen = QFileDialog.getExistingDirectory(self, self.folder.accessibleName(), start)
        if chosen:
            use_folder(chosen)
            self.folder.setText(chosen)
