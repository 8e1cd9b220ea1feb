"""Which side of the package the flat view and the panel list show."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from packdesk.ui.parts import button


class SideSwitch(QWidget):
    """A button for the outside and one for the inside. It shows what is set, and only asks for the other.

    Signals:
        wanted: whether it is the inside.
    """

    wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inside = False
        self._group = QButtonGroup(self)
        self.outside = self._button(self.tr("Outside"), self.tr("The panels from outside"), "left")
        self.inside = self._button(
            self.tr("Inside"), self.tr("The panels from inside, which are printed as a second side"), "right"
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for one in (self.outside, self.inside):
            row.addWidget(one)
        self.outside.clicked.connect(self._ask_outside)
        self.inside.clicked.connect(self._ask_inside)
        self.show_side(inside=False)

    def show_side(self, *, inside: bool) -> None:
        """Show which one is set."""
        self._inside = inside
        (self.inside if inside else self.outside).setChecked(True)

    def _button(self, text: str, name: str, end: str) -> QPushButton:
        made = button(text, kind="unit", tip=name)
        made.setProperty("end", end)
        made.setAccessibleName(name)
        made.setCheckable(True)
        self._group.addButton(made)
        return made

    @Slot()
    def _ask_outside(self) -> None:
        self._ask(inside=False)

    @Slot()
    def _ask_inside(self) -> None:
        self._ask(inside=True)

    def _ask(self, *, inside: bool) -> None:
        wanted = inside != self._inside
        self.show_side(inside=self._inside)  # until that is set
        if wanted:
            self.wanted.emit(inside)
