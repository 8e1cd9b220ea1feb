"""The unit of the size fields, beside them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from packdesk.ui.parts import button
from packdesk.ui.units import MM, UNITS, Unit


class UnitSwitch(QWidget):
    """A button for each unit. It shows what is set, and only asks for another one.

    Signals:
        wanted: the name of a unit, as in the settings.
    """

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = MM
        names = {"mm": self.tr("Lengths in millimetres"), "inch": self.tr("Lengths in inches")}
        self._group = QButtonGroup(self)
        self.buttons = {name: self._button(unit, names[name]) for name, unit in UNITS.items()}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for one in self.buttons.values():
            row.addWidget(one)
        self.show_unit(MM)

    def show_unit(self, unit: Unit) -> None:
        """Show which one is set."""
        self._unit = unit
        self.buttons[unit.name].setChecked(True)

    def set_fixed(self, reason: str) -> None:
        """The unit cannot be chosen here; say why."""
        self.setEnabled(False)
        for one in self.buttons.values():
            one.setToolTip(reason)

    def _button(self, unit: Unit, name: str) -> QPushButton:
        made = button(unit.symbol, kind="unit", tip=name)
        made.setProperty("end", "left" if unit is MM else "right")
        made.setAccessibleName(name)
        made.setCheckable(True)
        made.clicked.connect(partial(self._on_clicked, unit))
        self._group.addButton(made)
        return made

    def _on_clicked(self, unit: Unit) -> None:
        wanted = unit is not self._unit
        self.show_unit(self._unit)  # until that is set
        if wanted:
            self.wanted.emit(unit.name)
