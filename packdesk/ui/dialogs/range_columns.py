"""What each column of a table is: a list of its headings with a box to choose the field of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from packdesk.domain.text import printable
from packdesk.ui.dialogs.range_words import field_names
from packdesk.ui.parts import GAP, ElidedLabel, choice_box, column, tip
from packdesk.ui.wheel import guard_wheel

if TYPE_CHECKING:
    from packdesk.domain.ranges.messages import Planned

_HEADING_SHARE, _BOX_SHARE = 2, 3


class ColumnList(QWidget):
    """A row for each column.

    Signals:
        edited: another field was chosen for one.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[str, QComboBox] = {}
        self._edited = False
        self._layout = column(self)
        self._rows: QWidget | None = None
        self._layout.addStretch(1)

    def show_table(self, planned: Planned) -> None:
        """Show the columns of a table and what they are taken for."""
        headings = [name for name in planned.headings if name]
        if headings != list(self.boxes):
            self._make(headings)
        for name, field in zip(planned.headings, planned.fields, strict=True):
            box = self.boxes.get(name)
            if box is not None:
                with QSignalBlocker(box):
                    box.setCurrentIndex(max(box.findData(field), 0))

    def forget(self) -> None:
        """Another table: its columns are known by their names, until somebody says otherwise."""
        self._edited = False

    def said(self) -> dict[str, str] | None:
        """Field by heading, empty for none; None where nobody has chosen anything."""
        return {name: box.currentData() for name, box in self.boxes.items()} if self._edited else None

    def _make(self, headings: list[str]) -> None:
        if self._rows is not None:
            self._rows.deleteLater()
        self._rows = rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(GAP - 2)
        grid.setColumnStretch(0, _HEADING_SHARE)
        grid.setColumnStretch(1, _BOX_SHARE)
        self.boxes = {}
        offered = [("", self.tr("Not used")), *field_names()]
        for place, name in enumerate(headings):
            told = ElidedLabel(printable(name))
            told.setTextFormat(Qt.TextFormat.PlainText)
            told.setToolTip(tip(name))
            box = choice_box(self.tr("What the column {0} is").format(name), offered)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(9)
            box.currentIndexChanged.connect(self._on_chosen)
            told.setBuddy(box)
            grid.addWidget(told, place, 0)
            grid.addWidget(box, place, 1)
            self.boxes[name] = box
        guard_wheel(rows)
        self._layout.insertWidget(0, rows)

    @Slot()
    def _on_chosen(self) -> None:
        self._edited = True
        self.edited.emit()
