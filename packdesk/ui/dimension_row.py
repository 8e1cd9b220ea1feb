"""One size as a slider and a number field, in millimetres."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout, QWidget
from superqt import QDoubleSlider

from packdesk.domain.dimensions import MAX_MM, MIN_MM, SLIDER_MM
from packdesk.ui.parts import label

FIELD_WIDTH = 92


class DimensionRow(QWidget):
    """A labelled slider with a number field.

    Signals:
        edited: the user set a value in millimetres.
    """

    edited = Signal(float)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption = label(name)
        self.slider = QDoubleSlider(Qt.Orientation.Horizontal)  # type: ignore[no-untyped-call]  # superqt's has no types
        self.slider.setRange(*SLIDER_MM)
        self.slider.setSingleStep(1)
        self.slider.setPageStep(10)
        self.field = self._make_field()
        self._place()
        self.set_name(name)
        self.slider.valueChanged.connect(self._on_slider)
        self.field.valueChanged.connect(self._on_field)

    def set_name(self, name: str) -> None:
        """Name the size, for eyes and screen readers."""
        self._caption.setText(name)
        self.slider.setAccessibleName(self.tr("{0} slider").format(name))
        self.field.setAccessibleName(self.tr("{0} in millimetres").format(name))

    def show_value(self, millimetres: float) -> None:
        """Show a value; the slider widens when it lies beyond its usual range."""
        with QSignalBlocker(self.slider), QSignalBlocker(self.field):
            self.slider.setRange(min(SLIDER_MM[0], millimetres), max(SLIDER_MM[1], millimetres))
            self.slider.setValue(millimetres)
            if abs(self.field.value() - millimetres) >= 0.05:
                self.field.setValue(millimetres)

    def _make_field(self) -> QDoubleSpinBox:
        field = QDoubleSpinBox()
        field.setRange(MIN_MM, MAX_MM)
        field.setDecimals(1)
        field.setSingleStep(1)
        field.setSuffix(" mm ")  # the last space keeps the unit off the border
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setKeyboardTracking(False)
        field.setFixedWidth(FIELD_WIDTH)
        return field

    def _place(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.addWidget(self._caption, 0, 0)
        grid.addWidget(self.field, 0, 1)
        grid.addWidget(self.slider, 1, 0, 1, 2)

    @Slot(float)
    def _on_slider(self, value: float) -> None:
        whole = float(round(value))
        with QSignalBlocker(self.field):
            self.field.setValue(whole)
        self.edited.emit(whole)

    @Slot(float)
    def _on_field(self, value: float) -> None:
        self.show_value(value)
        self.edited.emit(value)
