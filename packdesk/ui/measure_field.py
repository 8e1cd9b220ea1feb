"""A small measure of a blank, such as its bleed: millimetres inside, the user's unit outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QDoubleSpinBox

from packdesk.ui.units import MM

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from packdesk.ui.units import Unit

_FINER = 2
"""How many times finer its steps are than those of a package's size."""


class MeasureField(QDoubleSpinBox):
    """From nothing to a limit.

    Signals:
        edited: the user has set it, in millimetres.
    """

    edited = Signal(float)

    def __init__(self, name: str, most_mm: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most, self._unit, self._millimetres = most_mm, MM, 0.0
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setKeyboardTracking(False)
        self.set_unit(MM)
        self.valueChanged.connect(self._on_value)

    def millimetres(self) -> float:
        """What is set."""
        return self._millimetres

    def show_value(self, millimetres: float) -> None:
        """Show a measure in millimetres."""
        self._millimetres = millimetres
        with QSignalBlocker(self):
            self.setValue(self._unit.from_mm(millimetres))

    def set_unit(self, unit: Unit) -> None:
        """Show and read in a unit; the measure stays what it is."""
        self._unit = unit
        with QSignalBlocker(self):
            self.setDecimals(unit.decimals)
            self.setSingleStep(unit.step / _FINER)
            self.setRange(0, self._most / unit.mm)
            self.setSuffix(f" {unit.symbol} ")  # the last space keeps the unit off the border
        self.show_value(self._millimetres)

    @Slot(float)
    def _on_value(self, value: float) -> None:
        self._millimetres = min(self._most, round(value * self._unit.mm, 3))
        self.edited.emit(self._millimetres)
