"""A number field for a length: shown in a unit, typed as a number or a sum, kept in millimetres."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QValidator
from PySide6.QtWidgets import QDoubleSpinBox

from packdesk.domain.arithmetic import evaluate_length
from packdesk.domain.dimensions import MAX_MM, MIN_MM
from packdesk.errors import InvalidInputError
from packdesk.ui.parts import restyle, tip
from packdesk.ui.spoken import error_text
from packdesk.ui.undo_keys import UndoKeys
from packdesk.ui.units import MM, Unit, length_text, typed_text

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QHideEvent

GRAIN_DIGITS = 3
"""What is typed counts to a thousandth of a millimetre, so 3.937 in is 100 mm again."""
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LengthField(QDoubleSpinBox):
    """A length within limits, by default those of a package's sides.

    What was shown and not edited keeps its value to the last digit, whatever the unit can show of it. What
    was typed and cannot be used stays, marked, until it is mended, forgotten (Escape, Undo) or another
    length is shown; the length stays what it was.

    Signals:
        edited: the user set a length, in millimetres, by typing or by a step.
        committed: a typed length is complete.
        refused: why what was typed cannot be used; empty once that is over.
    """

    edited = Signal(float)
    committed = Signal()
    refused = Signal(str)

    _unit = MM  # Qt asks for texts while it makes the field
    _mixed = False
    _refused: str | None = None

    def __init__(self, low: float = MIN_MM, high: float = MAX_MM, steps_in_a_unit: int = 1) -> None:
        """Take lengths from `low` to `high` millimetres; each step is that part of the unit's own step."""
        self._undo_keys = UndoKeys()  # Qt asks for events while it makes the field
        super().__init__()
        self._low, self._high, self._finer = low, high, steps_in_a_unit
        self._millimetres = low
        self._clicked_into = False
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setKeyboardTracking(False)
        self.lineEdit().textEdited.connect(self._on_typed)
        self.lineEdit().installEventFilter(self)
        self.valueChanged.connect(self._on_value_set)
        self.set_unit(MM)
        self._show_hint("")

    def millimetres(self) -> float:
        """The length."""
        return self._millimetres

    @property
    def usable(self) -> bool:
        """Whether nothing stands in the field that cannot be used."""
        return self._refused is None

    def show_value(self, millimetres: float) -> None:
        """Show a length in millimetres. What is just being typed stays until it is entered or left."""
        if millimetres == self._millimetres and not self._mixed:
            return
        self._millimetres = millimetres
        if not self._being_typed():
            self._mixed = False
            self._refresh()

    def show_several(self, words: str) -> None:
        """Show words for several lengths that differ, instead of the one that was shown last."""
        if not self._being_typed():
            self._mixed = True
            self._refresh()
            self.lineEdit().setPlaceholderText(words)

    def set_unit(self, unit: Unit) -> None:
        """Show and read lengths in a unit."""
        self._unit = unit
        with QSignalBlocker(self):
            self.setDecimals(unit.decimals)
            self.setSingleStep(unit.step / self._finer)
            self._set_suffix()
        self._set()

    def textFromValue(self, value: float) -> str:  # noqa: N802  (Qt's name)
        """As lengths stand everywhere in the window; what was refused, while it stands there."""
        usual = "" if self._mixed else typed_text(value, self._unit)
        return usual if self._refused is None else self._refused

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Let anything be typed; whether it is a length is said when it is entered."""
        broken_unit = self.suffix()[1:]  # what Delete behind the number would leave
        if broken_unit and text.endswith(broken_unit) and not text.endswith(self.suffix()):
            return QValidator.State.Invalid, text, position
        known = super().validate(text, position)
        assert isinstance(known, tuple)
        usual = known[0] == QValidator.State.Acceptable and self._refused is None  # or Qt would read 1e3
        return (QValidator.State.Acceptable if usual else QValidator.State.Intermediate), text, position

    def stepBy(self, steps: int) -> None:  # noqa: N802  (Qt's name)
        """Step from what is shown, within the limits."""
        if self._commit():
            wanted = self._unit.from_mm(self._millimetres) + steps * self.singleStep()
            length = round(self._unit.from_mm(wanted * self._unit.mm) * self._unit.mm, GRAIN_DIGITS)
            self._take(self._within(length))
            self.selectAll()

    def event(self, event: QEvent) -> bool:
        """Take Escape and Undo for what is just being typed; otherwise they are the window's."""
        if self._undo_keys.leaves(event, undo=self._typed, redo=False):
            return True
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and self._forgets(event):
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """The click that brings the focus marks all, so that the number can be typed over."""
        if event.type() == QEvent.Type.MouseButtonRelease and self._clicked_into:
            self._clicked_into = False
            if not self.lineEdit().hasSelectedText():
                self.selectAll()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Return enters what was typed, Escape and Undo forget it."""
        if self._forgets(event):
            self._refresh()
            self.selectAll()
        elif event.key() not in _RETURN or self._commit():
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  (Qt's name)
        """Know whether it was a click."""
        super().focusInEvent(event)
        self._clicked_into = event.reason() == Qt.FocusReason.MouseFocusReason

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  (Qt's name)
        """Leaving the field enters what was typed."""
        self._commit()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  (Qt's name)
        """Closing the window too: by itself Qt would read it, as a number of the locale only."""
        self._commit()
        super().hideEvent(event)

    def _within(self, millimetres: float) -> float:
        return min(max(millimetres, self._low), self._high)

    def _being_typed(self) -> bool:
        return self.lineEdit().isModified() or (self._refused is not None and self.hasFocus())

    def _forgets(self, event: QKeyEvent) -> bool:
        back = event.key() == Qt.Key.Key_Escape or event.matches(QKeySequence.StandardKey.Undo)
        return back and self._typed

    @property
    def _typed(self) -> bool:
        return self.lineEdit().isModified() or self._refused is not None

    def _commit(self) -> bool:
        """Enter what was typed, if anything was; return whether the field holds a length."""
        if not self.lineEdit().isModified():
            return self._refused is None
        typed = self.text().removesuffix(self.suffix()).strip()
        if not typed or (typed == typed_text(self.value(), self._unit) and not self._mixed):
            self._refresh()
            return True
        try:
            length = round(evaluate_length(typed, self._unit.mm), GRAIN_DIGITS)
        except InvalidInputError as error:
            return self._refuse(typed, error_text(error))
        if length != self._within(length):
            return self._refuse(typed, self._out_of_range(length))
        self._take(length)
        self.committed.emit()
        return True

    def _take(self, millimetres: float) -> None:
        changed = millimetres != self._millimetres or self._mixed
        self._millimetres, self._mixed = millimetres, False
        self._refresh()
        if changed:
            self.edited.emit(millimetres)

    def _refuse(self, typed: str, reason: str) -> bool:
        self._refused = typed
        self.lineEdit().setModified(False)
        self._show_hint(reason)
        return False

    @Slot()
    def _on_typed(self) -> None:
        if self._refused is not None:
            self._refused = None
            self._show_hint("")

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
        self._on_typed()
        self._set()

    def _set_suffix(self) -> None:
        self.setSuffix(
            "" if self._mixed else f" {self._unit.symbol} "
        )  # the last space keeps it off the border

    def _set(self) -> None:
        # A length another program has set may lie beyond the limits; it is shown as it is.
        millimetres, unit = self._millimetres, self._unit
        with QSignalBlocker(self):
            self._set_suffix()
            self.setRange(min(self._low, millimetres) / unit.mm, max(self._high, millimetres) / unit.mm)
            self.setValue(millimetres / unit.mm)
        self.lineEdit().setModified(False)

    @Slot(float)
    def _on_value_set(self, value: float) -> None:
        # Set through accessibility, or by code as if by hand.
        self._take(self._within(round(value * self._unit.mm, GRAIN_DIGITS)))
