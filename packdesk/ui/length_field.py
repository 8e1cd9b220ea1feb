"""A number field for a length: shown in a unit, typed as a number or a sum, kept in millimetres."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QValidator
from PySide6.QtWidgets import QDoubleSpinBox

from packdesk.domain.arithmetic import evaluate_length
from packdesk.domain.dimensions import MAX_MM, MIN_MM
from packdesk.errors import InvalidInputError
from packdesk.ui.parts import restyle, tip
from packdesk.ui.spoken import error_text
from packdesk.ui.units import MM, Unit, length_text

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

GRAIN_DIGITS = 3
"""What is typed counts to a thousandth of a millimetre, so 3.937 in is 100 mm again."""
HINT_MS = 8000
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LengthField(QDoubleSpinBox):
    """A length within limits, by default those of a package's sides.

    What was shown and not edited keeps its value to the last digit, whatever the unit can show of it.

    Signals:
        edited: the user set a length, in millimetres, by typing or by a step.
        committed: a typed length is complete.
        refused: why what was typed cannot be used; empty once that is over.
    """

    edited = Signal(float)
    committed = Signal()
    refused = Signal(str)

    def __init__(self, low: float = MIN_MM, high: float = MAX_MM, steps_in_a_unit: int = 1) -> None:
        """Take lengths from `low` to `high` millimetres; each step is that part of the unit's own step."""
        super().__init__()
        self._low, self._high, self._finer = low, high, steps_in_a_unit
        self._millimetres = low
        self._unit = MM
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setKeyboardTracking(False)
        self._hint_end = QTimer(self, singleShot=True, interval=HINT_MS)
        self._hint_end.timeout.connect(self.clear_hint)
        self.lineEdit().textEdited.connect(self.clear_hint)
        self.valueChanged.connect(self._on_value_set)
        self.set_unit(MM)
        self._show_hint("")

    def millimetres(self) -> float:
        """The length."""
        return self._millimetres

    def show_value(self, millimetres: float) -> None:
        """Show a length in millimetres. What is just being typed stays until it is entered or left."""
        if millimetres != self._millimetres:
            self._millimetres = millimetres
            if not self.lineEdit().isModified():
                self._refresh()

    def set_unit(self, unit: Unit) -> None:
        """Show and read lengths in a unit."""
        self._unit = unit
        with QSignalBlocker(self):
            self.setDecimals(unit.decimals)
            self.setSingleStep(unit.step / self._finer)
            self.setSuffix(f" {unit.symbol} ")  # the last space keeps the unit off the border
        self._refresh()

    @Slot()
    def clear_hint(self) -> None:
        """Forget what was wrong."""
        self._hint_end.stop()
        if self.property("error"):
            self._show_hint("")

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Let anything be typed; whether it is a length is said when it is entered."""
        broken_unit = self.suffix()[1:]  # what Delete behind the number would leave
        if text.endswith(broken_unit) and not text.endswith(self.suffix()):
            return QValidator.State.Invalid, text, position
        known = super().validate(text, position)
        assert isinstance(known, tuple)
        usual = known[0] == QValidator.State.Acceptable
        return (QValidator.State.Acceptable if usual else QValidator.State.Intermediate), text, position

    def stepBy(self, steps: int) -> None:  # noqa: N802  (Qt's name)
        """Step from what is shown, within the limits."""
        if self._commit():
            wanted = self._unit.from_mm(self._millimetres) + steps * self.singleStep()
            length = round(self._unit.from_mm(wanted * self._unit.mm) * self._unit.mm, GRAIN_DIGITS)
            self._take(self._within(length))
            self.selectAll()

    def event(self, event: QEvent) -> bool:
        """Take Escape for what is just being typed, before the window's shortcut."""
        if event.type() == QEvent.Type.ShortcutOverride and self._is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Return enters what was typed, Escape forgets it."""
        if self._is_escape(event):
            self._refresh()
            self.selectAll()
            return
        if event.key() in _RETURN:
            self._commit()
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  (Qt's name)
        """Leaving the field enters what was typed."""
        self._commit()
        super().focusOutEvent(event)

    def _within(self, millimetres: float) -> float:
        return min(max(millimetres, self._low), self._high)

    def _is_escape(self, event: QEvent) -> bool:
        typed = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        return typed and self.lineEdit().isModified()

    def _commit(self) -> bool:
        """Enter what was typed, if anything was; return whether the field holds a length."""
        if not self.lineEdit().isModified():
            return True
        typed = self.text().removesuffix(self.suffix()).strip()
        if typed in {"", self.textFromValue(self.value())}:
            self._refresh()
            return True
        try:
            length = round(evaluate_length(typed, self._unit.mm), GRAIN_DIGITS)
        except InvalidInputError as error:
            return self._refuse(error_text(error))
        if length != self._within(length):
            return self._refuse(self._out_of_range(length))
        self._take(length)
        self.committed.emit()
        return True

    def _take(self, millimetres: float) -> None:
        self.clear_hint()
        changed = millimetres != self._millimetres
        self._millimetres = millimetres
        self._refresh()
        if changed:
            self.edited.emit(millimetres)

    def _refuse(self, reason: str) -> bool:
        self._refresh()
        self._show_hint(reason)
        self._hint_end.start()
        return False

    def _out_of_range(self, millimetres: float) -> str:
        limits = [length_text(limit, self._unit) for limit in (self._low, self._high)]
        shown = length_text(millimetres, self._unit)
        return self.tr("{0} is out of range. Use a size between {1} and {2}.").format(shown, *limits)

    def _show_hint(self, reason: str) -> None:
        usual = self.tr("A length or a sum, such as 100+2*3, 12 cm or 4.5 in")
        self.setToolTip(tip(reason or usual))
        self.setAccessibleDescription(reason)
        self.setProperty("error", bool(reason))
        restyle(self)
        self.refused.emit(reason)

    def _refresh(self) -> None:
        # A length another program has set may lie beyond the limits; it is shown as it is.
        millimetres, unit = self._millimetres, self._unit
        with QSignalBlocker(self):
            self.setRange(min(self._low, millimetres) / unit.mm, max(self._high, millimetres) / unit.mm)
            self.setValue(millimetres / unit.mm)

    @Slot(float)
    def _on_value_set(self, value: float) -> None:
        # Set through accessibility, or by code as if by hand.
        self._take(self._within(round(value * self._unit.mm, GRAIN_DIGITS)))
