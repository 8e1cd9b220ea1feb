"""How many pictures there are to choose from, and another variation of the same words."""

from __future__ import annotations

import secrets

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from packdesk.domain.order import MOST_SEED
from packdesk.ui.parts import GAP, button, label

COUNTS = (1, 2, 4)
_ENDS = {COUNTS[0]: "left", COUNTS[-1]: "right"}


class VariationRow(QWidget):
    """Candidates: 1, 2 or 4; and Another.

    Signals:
        changed: there are more or fewer candidates.
        another_wanted: the same words shall be painted in a new variation, `seed`.

    Attributes:
        seed: the variation asked for last; None for the usual one.
    """

    changed = Signal()
    another_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seed: int | None = None
        self._counts = QButtonGroup(self)
        self.another = button(
            self.tr("Another"),
            kind="quiet",
            tip=self.tr("The same words once more in another variation: what is selected, or all"),
        )
        self.another.clicked.connect(self.want_another)
        self._place()
        self._counts.idToggled.connect(self._tell)

    def count(self) -> int:
        """How many pictures to choose from; 1 for no choice."""
        return self._counts.checkedId()

    def set_count(self, count: int) -> None:
        """Choose how many."""
        self._counts.button(count).setChecked(True)

    @Slot()
    def want_another(self) -> None:
        """Take a new variation, also for what is generated later, so that it matches."""
        self.seed = secrets.randbelow(MOST_SEED) + 1
        self.another_wanted.emit()

    def _place(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(label(self.tr("Candidates"), "muted"))
        row = QHBoxLayout()
        row.setSpacing(0)
        for count in COUNTS:
            made = button(str(count), kind="unit", tip=self._told(count))
            made.setAccessibleName(self._told(count))
            made.setCheckable(True)
            made.setProperty("end", _ENDS.get(count, "middle"))
            self._counts.addButton(made, count)
            row.addWidget(made)
        layout.addLayout(row)
        layout.addStretch(1)
        layout.addWidget(self.another)
        self.set_count(1)

    def _told(self, count: int) -> str:
        if count == 1:
            return self.tr("Straight onto the panels")
        return self.tr("{0} pictures of the front or body to choose from; the others follow it").format(count)

    @Slot(int, bool)
    def _tell(self, _count: int, checked: bool) -> None:  # noqa: FBT001  (a slot)
        if checked:
            self.changed.emit()
