"""Fields of the settings dialog: a label, something to set, and a line below for what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from packdesk.ui.parts import button, choice_box, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent


_PADDING = 6
_CENT = 0.01


class SettingField(QWidget):
    """One setting. Subclasses place an editor and emit `edited` when the user has set it.

    Signals:
        edited: the setting's name and its new value; None for the default.
    """

    edited = Signal(str, object)

    def __init__(self, name: str, title: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.title = title
        self._hint = hint
        self.below = label(hint, "muted", wrap=True)
        self.below.setVisible(bool(hint))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(3)

    def show_value(self, value: object) -> None:
        """Show what is set."""
        raise NotImplementedError

    def show_problem(self, text: str) -> None:
        """Say what is wrong with what was entered; empty when nothing is."""
        self.below.setText(text or self._hint)
        self.below.setProperty("role", "error" if text else "muted")
        self.below.setVisible(bool(text or self._hint))
        self.below.style().polish(self.below)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Wrapped lines need another height in another width."""
        super().resizeEvent(event)
        self._make_room()

    def set_fixed(self, text: str) -> None:
        """The setting comes from elsewhere and cannot be changed here; say from where."""
        self.setEnabled(False)
        self._hint = text
        self.show_problem("")

    def _make_room(self) -> None:
        # A tab does not ask its page how high it has to be for its width.
        self.below.setMinimumHeight(max(0, self.below.heightForWidth(self.width())))

    def _place(self, editor: QWidget | QHBoxLayout, named: QWidget) -> None:
        named.setAccessibleName(self.title)
        if isinstance(editor, QWidget):
            self._layout.addWidget(editor)
        else:
            self._layout.addLayout(editor)
        self._layout.addWidget(self.below)


class ChoiceField(SettingField):
    """One of a few values."""

    def __init__(self, name: str, title: str, choices: Sequence[tuple[object, str]], hint: str = "") -> None:
        super().__init__(name, title, hint)
        self.box = choice_box(title, choices)
        self._place(self.box, self.box)
        self.box.activated.connect(self._on_chosen)

    def show_value(self, value: object) -> None:
        """See `SettingField.show_value`."""
        with QSignalBlocker(self.box):
            self.box.setCurrentIndex(self.box.findData(value))

    @Slot()
    def _on_chosen(self) -> None:
        self.edited.emit(self.name, self.box.currentData())


class NumberField(SettingField):
    """A whole number; its least value stands for the default when `default` has a text."""

    def __init__(
        self, name: str, title: str, limits: tuple[int, int], default: str = "", unit: str = ""
    ) -> None:
        super().__init__(name, title)
        self.box = QSpinBox()
        self.box.setRange(limits[0] - bool(default), limits[1])
        self.box.setSpecialValueText(default)
        self.box.setSuffix(unit)
        self.box.setKeyboardTracking(False)
        self.box.lineEdit().setTextMargins(_PADDING, 0, _PADDING, 0)  # a style sheet's padding goes elsewhere
        self._has_default = bool(default)
        self._place(self.box, self.box)
        self.box.valueChanged.connect(self._on_number)

    def show_value(self, value: object) -> None:
        """See `SettingField.show_value`."""
        with QSignalBlocker(self.box):
            self.box.setValue(self.box.minimum() if value is None else round(float(str(value))))

    @Slot(int)
    def _on_number(self, number: int) -> None:
        unset = self._has_default and number == self.box.minimum()
        self.edited.emit(self.name, None if unset else number)


class MoneyField(SettingField):
    """An amount of US dollars; below zero stands for none at all, which `none` names."""

    def __init__(self, name: str, title: str, hint: str, none: str) -> None:
        super().__init__(name, title, hint)
        self.box = QDoubleSpinBox()
        self.box.setDecimals(2)
        self.box.setRange(-_CENT, 1_000_000)
        self.box.setSpecialValueText(none)
        self.box.setPrefix("US$ ")
        self.box.setKeyboardTracking(False)
        self.box.lineEdit().setTextMargins(_PADDING, 0, _PADDING, 0)
        self._place(self.box, self.box)
        self.box.valueChanged.connect(self._on_amount)

    def show_value(self, value: object) -> None:
        """See `SettingField.show_value`."""
        with QSignalBlocker(self.box):
            self.box.setValue(-_CENT if value is None else float(str(value)))

    @Slot(float)
    def _on_amount(self, amount: float) -> None:
        self.edited.emit(self.name, None if amount < 0 else amount)


class TextField(SettingField):
    """A line of text; an empty one means the default."""

    def __init__(self, name: str, title: str, hint: str = "", placeholder: str = "") -> None:
        super().__init__(name, title, hint)
        self.line = QLineEdit()
        self.line.setPlaceholderText(placeholder)
        self._shown = ""
        self._row = QHBoxLayout()
        self._row.addWidget(self.line, 1)
        self._place(self._row, self.line)
        self.line.editingFinished.connect(self._on_text)

    def show_value(self, value: object) -> None:
        """See `SettingField.show_value`."""
        self._shown = "" if value is None else str(value)
        self.line.setText(self._shown)

    @Slot()
    def _on_text(self) -> None:
        text = self.line.text().strip()
        if text != self._shown:
            self._shown = text
            self.edited.emit(self.name, text or None)


class FolderField(TextField):
    """A folder, typed or chosen."""

    def __init__(self, name: str, title: str, hint: str = "", placeholder: str = "") -> None:
        super().__init__(name, title, hint, placeholder)
        self.choose_button = button(self.tr("Choose …"))
        self._row.addWidget(self.choose_button)
        self.choose_button.clicked.connect(self._on_choose)

    @Slot()
    def _on_choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.title, self.line.text())
        if folder:
            self.line.setText(str(Path(folder)))
            self._on_text()
