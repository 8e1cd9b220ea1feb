"""Fields for single properties of objects. Each shows a value, and says what was typed as text.

Of several objects whose values differ it is given the last one's, and then shows none (`show_mixed`); what is
typed then is meant for all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPixmap, QValidator
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QPlainTextEdit, QWidget

from packdesk.domain.objects.inks import Ink
from packdesk.domain.objects.typed import typed_value
from packdesk.textures.objects.svg_group import rgb_of
from packdesk.ui.length_field import LengthField
from packdesk.ui.translation import translate
from packdesk.ui.undo_keys import LineEdit, UndoKeys

if TYPE_CHECKING:
    from packdesk.ui.units import Unit

_SWATCH = 14
_OTHER_SIGN = re.compile(r"(?<=[0-9])[.,](?=[0-9]{0,2}(?:[^0-9]|$))")
"""A decimal sign; before three digits it may be one of thousands."""


def several() -> str:
    """Stands in a field in place of values that differ."""
    return translate("objects", "several")


class TextField(QPlainTextEdit):
    """Paragraphs.

    Signals:
        typed: what stands there, when the typing rests or the field is left.
    """

    typed = Signal(str)

    def __init__(self) -> None:
        self._undo_keys = UndoKeys()
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(64)
        self._shown = ""

    def show_value(self, value: object) -> None:
        """Show paragraphs, unless somebody is typing."""
        if not self.hasFocus() and str(value) != self.toPlainText():
            self.setPlainText(str(value))
        self._shown = str(value)
        self.setPlaceholderText("")

    def show_mixed(self) -> None:
        """Show that there are several values."""
        self.show_value("")
        self.setPlaceholderText(several())

    def commit(self) -> None:
        """Say what stands there, if that is new."""
        words = self.toPlainText()
        if words != self._shown:
            self._shown = words
            self.typed.emit(words)

    def event(self, event: QEvent) -> bool:
        """See `UndoKeys`."""
        document = self.document()
        undo, redo = document.isUndoAvailable(), document.isRedoAvailable()
        return self._undo_keys.leaves(event, undo=undo, redo=redo) or super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  (Qt's name)
        """It is complete."""
        super().focusOutEvent(event)
        self.commit()


class LineField(LineEdit):
    """One line.

    Attributes:
        usual: stands there while nothing does.

    Signals:
        typed: what stands there, when Enter is pressed or the field is left.
    """

    typed = Signal(str)
    usual = ""

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""
        self.editingFinished.connect(self._commit)

    def show_value(self, value: object) -> None:
        """Show a value as it is typed."""
        self._shown = self._words_of(value)
        if (
            not (self.hasFocus() and self.isModified()) and self.text() != self._shown
        ):  # what is selected stays
            self.setText(self._shown)
        self.setPlaceholderText(self.usual)

    def show_mixed(self) -> None:
        """Show that there are several values."""
        self._shown = ""
        if not (self.hasFocus() and self.isModified()):
            self.setText("")
        self.setPlaceholderText(several())

    def standing(self) -> str:
        """What stands there, taken or not."""
        return self._said()

    @Slot()
    def _commit(self) -> None:
        self.setModified(False)
        if self.text() != self._shown:
            self.typed.emit(self._said())

    def _words_of(self, value: object) -> str:
        return typed_value(value)

    def _said(self) -> str:
        return self.text()


class InkField(LineField):
    """An ink as text, with its colour beside it.

    Signals:
        pick_wanted: it shall be taken from the artwork.
    """

    pick_wanted = Signal()
    usual = "#1a66b3 · cmyk 85 50 0 10"

    def __init__(self) -> None:
        super().__init__()
        self.pipette = self.addAction(QPixmap(), LineEdit.ActionPosition.TrailingPosition)
        self.pipette.setText(self.tr("Take the colour from the artwork"))
        self.pipette.setToolTip(self.tr("Take the colour from the artwork: click on it (F8)"))
        self.pipette.triggered.connect(self.pick_wanted)
        self._swatch = self.addAction(QPixmap(), LineEdit.ActionPosition.LeadingPosition)
        self.setPlaceholderText(self.usual)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """F8 takes the colour from the artwork."""
        if event.key() == Qt.Key.Key_F8:
            self.pick_wanted.emit()
        else:
            super().keyPressEvent(event)

    def show_value(self, value: object) -> None:
        """Show an ink, or none."""
        super().show_value(value)
        self._swatch.setIcon(_swatch(value if isinstance(value, Ink) else None))

    def show_mixed(self) -> None:
        """Show that there are several inks."""
        super().show_mixed()
        self._swatch.setIcon(QPixmap())

    def _words_of(self, value: object) -> str:
        return translate("objects", "none") if value is None else typed_value(value)

    def _said(self) -> str:
        said = self.text().strip()
        return typed_value(None) if said == translate("objects", "none") else said


def _swatch(ink: Ink | None) -> QPixmap:
    picture = QPixmap(_SWATCH, _SWATCH)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setPen(QColor(128, 128, 128))
        painter.setBrush(QColor(*rgb_of(ink)) if ink else Qt.BrushStyle.NoBrush)
        painter.drawRect(0, 0, _SWATCH - 1, _SWATCH - 1)
        if ink is None:
            painter.drawLine(0, _SWATCH - 1, _SWATCH - 1, 0)
    return picture


class ChoiceField(QComboBox):
    """One of several values; with `free`, another one may be typed.

    Signals:
        typed: the value that was chosen.
    """

    typed = Signal(str)

    def __init__(self, offered: list[tuple[object, str]], *, free: bool = False) -> None:
        super().__init__()
        self.setEditable(free)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.offer(offered)
        self.activated.connect(self._on_chosen)
        if (line := self.lineEdit()) is not None:
            line.editingFinished.connect(self._on_chosen)
        self._shown: object = None

    def offer(self, offered: list[tuple[object, str]]) -> None:
        """Offer these."""
        with QSignalBlocker(self):
            text = self.currentText()
            self.clear()
            for value, words in offered:
                self.addItem(words, str(value))
            if self.isEditable():
                self.setEditText(text)

    def show_value(self, value: object) -> None:
        """Show a value; one that is not offered is added."""
        self._shown = str(value)
        at = self.findData(self._shown)
        if at < 0 and not self.isEditable():
            self.addItem(self._shown, self._shown)
            at = self.count() - 1
        if at >= 0:
            self.setCurrentIndex(at)
        else:
            self.setEditText(self._shown)

    def show_mixed(self) -> None:
        """Show that there are several values."""
        self._shown = None
        self.setPlaceholderText(several())
        if (line := self.lineEdit()) is not None:
            line.setPlaceholderText(several())
            self.setEditText("")
        else:
            self.setCurrentIndex(-1)

    def standing(self) -> str:
        """The value that is chosen, taken or not."""
        return str(self.currentData())

    @Slot()
    def _on_chosen(self) -> None:
        at = self.findText(self.currentText())
        value = self.itemData(at) if at >= 0 else self.currentText()
        if value and value != self._shown:
            self._shown = value
            self.typed.emit(str(value))


class CheckField(QCheckBox):
    """Yes or no.

    Signals:
        typed: `yes` or `no`.
    """

    typed = Signal(str)

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.clicked.connect(self._on_clicked)

    def show_value(self, value: object) -> None:
        """Show whether it is so."""
        self.setTristate(False)
        self.setChecked(bool(value))

    def show_mixed(self) -> None:
        """Show that it is so of some."""
        self.setTristate(True)
        self.setCheckState(Qt.CheckState.PartiallyChecked)

    @Slot(bool)
    def _on_clicked(self, checked: bool) -> None:  # noqa: FBT001  (a slot)
        self.setTristate(False)
        self.typed.emit("yes" if checked else "no")


class NumberField(QDoubleSpinBox):
    """A number with a unit that is no length.

    Args:
        low: the least.
        high: the most.
        suffix: its unit.
        step: of the arrows.
        scale: what is shown is so many times the value.

    Signals:
        typed: the value.
    """

    typed = Signal(str)
    _mixed = False  # Qt asks for texts while it makes the field

    def __init__(self, low: float, high: float, suffix: str, step: float = 1.0, scale: float = 1.0) -> None:
        super().__init__()
        self._scale, self._unit = scale, suffix
        self.setRange(low, high)
        self.setCorrectionMode(QDoubleSpinBox.CorrectionMode.CorrectToNearestValue)
        self.setToolTip(self.tr("From {low} to {high}").format(low=f"{low:g}", high=f"{high:g}{suffix}"))
        self.setSingleStep(step)
        self.setDecimals(1)
        self.setSuffix(suffix)
        self.setKeyboardTracking(False)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.valueChanged.connect(self._on_set)
        self.editingFinished.connect(self._on_entered)
        self._edited = ""
        self.lineEdit().textEdited.connect(self._on_edited)

    def show_value(self, value: Any) -> None:
        """Show a number."""
        with QSignalBlocker(self):
            self._mix(mixed=False)
            self.setValue(float(value) * self._scale)

    def show_mixed(self) -> None:
        """Show that there are several numbers."""
        with QSignalBlocker(self):
            self._mix(mixed=True)
            self.setValue(self.value())
        self.lineEdit().setPlaceholderText(several())

    def _mix(self, *, mixed: bool) -> None:
        self._mixed, self._edited = mixed, ""
        modes = QDoubleSpinBox.CorrectionMode
        self.setCorrectionMode(modes.CorrectToPreviousValue if mixed else modes.CorrectToNearestValue)
        self.setSuffix("" if mixed else self._unit)

    def validate(self, text: str, at: int) -> tuple[QValidator.State, str, int]:
        """Takes both decimal signs; Qt leaves out what stands behind the other one."""
        return super().validate(self._with_sign(text), at)

    def valueFromText(self, text: str) -> float:  # noqa: N802  (Qt's name)
        """As `validate`."""
        return super().valueFromText(self._with_sign(text))

    def _with_sign(self, text: str) -> str:
        return _OTHER_SIGN.sub(self.locale().decimalPoint(), text)

    def textFromValue(self, value: float) -> str:  # noqa: N802  (Qt's name)
        """Without digits that say nothing."""
        if self._mixed:
            return ""
        return super().textFromValue(value).removesuffix(f"{self.locale().decimalPoint()}0")

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self._edited = text

    @Slot()
    def _on_entered(self) -> None:
        """A number that is the one of the object chosen last is no change for Qt, but one for the others."""
        if self._mixed and self._edited and self.valueFromText(self._edited) == self.value():
            self._on_set(self.value())
            self.setValue(self.value())

    @Slot(float)
    def _on_set(self, value: float) -> None:
        self._mix(mixed=False)
        self.typed.emit(f"{value / self._scale:.9g}")


class Millimetres(LengthField):
    """A length, in the window's unit.

    Signals:
        typed: millimetres.
    """

    typed = Signal(str)

    def __init__(self, low: float, high: float) -> None:
        super().__init__(low, high, steps_in_a_unit=10)
        self.edited.connect(self._on_edited)

    def show_mixed(self) -> None:
        """Show that there are several lengths."""
        self.show_several(several())

    @Slot(float)
    def _on_edited(self, millimetres: float) -> None:
        self.typed.emit(f"{millimetres:.9g}")


def use_unit(field: QWidget, unit: Unit) -> None:
    """Show and take lengths in a unit, where it is a field of lengths."""
    if isinstance(field, LengthField):
        field.set_unit(unit)
