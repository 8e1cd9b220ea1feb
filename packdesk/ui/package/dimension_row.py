"""One size as a slider and a number field; in millimetres inside, in the user's unit outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QSlider, QStyle, QStyleOptionSlider, QWidget

from packdesk.domain.dimensions import MAX_MM, MIN_MM, SLIDER_MM
from packdesk.ui.length_field import GRAIN_DIGITS, LengthField
from packdesk.ui.parts import label
from packdesk.ui.units import INCH, MM, Unit, length_text

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QMouseEvent, QResizeEvent

FIELD_WIDTH = 104
HINT_HEIGHT = 48
"""Three lines: what is below never moves when a size is refused, or the click that leaves it would miss."""
REST_MS = 400
"""After keys and the wheel have rested that long, an edit is complete."""
STEPS_IN_A_PAGE = 10
_PARTS = QStyle.SubControl.SC_SliderHandle, QStyle.SubControl.SC_SliderGroove
GRAINS = 10**GRAIN_DIGITS
"""What the slider counts, as Qt's has no fractions: so many make a millimetre."""


class DimensionRow(QWidget):
    """A labelled slider with a number field.

    Signals:
        edited: the user set a value in millimetres; more may follow.
        released: the edit is complete: a drag has ended, a value was entered, keys or wheel rest.
    """

    edited = Signal(float)
    released = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = MM
        self._unfinished = False
        self._caption = label(name)
        self._hint = label("", "small-error", wrap=True)
        self.slider = _JumpSlider(Qt.Orientation.Horizontal)
        self.slider.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes from number to number
        self.field = LengthField()
        self.field.setFixedWidth(FIELD_WIDTH)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._place()
        self._connect()
        self.set_name(name)
        self.set_unit(MM)
        self.show_value(self.field.millimetres())

    def set_name(self, name: str) -> None:
        """Name the size, for eyes and screen readers."""
        inches = self._unit is INCH
        self._caption.setText(name)
        self.slider.setAccessibleName(self.tr("{0} slider").format(name))
        field = self.tr("{0} in inches") if inches else self.tr("{0} in millimetres")
        self.field.setAccessibleName(field.format(name))

    def set_unit(self, unit: Unit) -> None:
        """Show and step in a unit; the value stays what it is."""
        self._unit = unit
        self.field.set_unit(unit)
        step = round(self._step_mm() * GRAINS)
        self.slider.setSingleStep(step)
        self.slider.setPageStep(step * STEPS_IN_A_PAGE)
        self.set_name(self._caption.text())
        self._describe()

    def show_value(self, millimetres: float) -> None:
        """Show a value; the slider widens when it lies beyond its usual range."""
        self.field.show_value(millimetres)
        self._show_on_slider(millimetres)

    def finish(self) -> None:
        """Call an edit complete that still waits for more."""
        self._rest.stop()
        if self._unfinished:
            self._unfinished = False
            self._show_on_slider(self.field.millimetres())
            self.released.emit()

    def _place(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.addWidget(self._caption, 0, 0)
        grid.addWidget(self.field, 0, 1)
        grid.addWidget(self.slider, 1, 0, 1, 2, Qt.AlignmentFlag.AlignTop)
        grid.setRowMinimumHeight(1, HINT_HEIGHT)
        self._hint.setParent(self)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)  # the slider below mends it
        self._hint.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Keep the place for why a size is refused over the slider: no layout has to know of it."""
        super().resizeEvent(event)
        top = self.height() - HINT_HEIGHT
        self._hint.setGeometry(0, top, self.width(), HINT_HEIGHT)

    def _connect(self) -> None:
        self.slider.valueChanged.connect(self._on_slider)
        self.slider.sliderPressed.connect(self._rest.stop)
        self.slider.sliderReleased.connect(self.finish)
        self.field.edited.connect(self._on_field)
        self.field.committed.connect(self.finish)
        self.field.refused.connect(self._on_refused)
        self._rest.timeout.connect(self.finish)

    def _step_mm(self) -> float:
        return self._unit.step * self._unit.mm

    def _show_on_slider(self, millimetres: float) -> None:
        low, high = min(SLIDER_MM[0], millimetres), max(SLIDER_MM[1], millimetres)
        if self.slider.isSliderDown():
            # Under the mouse the range may grow but not shrink, or the handle would run away from it.
            low = min(low, self.slider.minimum() / GRAINS)
            high = max(high, self.slider.maximum() / GRAINS)
        with QSignalBlocker(self.slider):
            self.slider.setRange(round(low * GRAINS), round(high * GRAINS))
            self.slider.setValue(round(millimetres * GRAINS))
        self._describe()

    def _describe(self) -> None:
        # A screen reader would say the slider's value in grains.
        self.slider.setAccessibleDescription(length_text(self.field.millimetres(), self._unit))

    @Slot(int)
    def _on_slider(self, grains: int) -> None:
        step = self._step_mm()
        length = min(max(round(round(grains / GRAINS / step) * step, GRAIN_DIGITS), MIN_MM), MAX_MM)
        if length != self.field.millimetres():
            self.field.show_value(length)
            self._edit(length)

    @Slot(float)
    def _on_field(self, millimetres: float) -> None:
        self._show_on_slider(millimetres)
        self._edit(millimetres)

    def _edit(self, millimetres: float) -> None:
        self._unfinished = True
        self._describe()
        self.edited.emit(millimetres)
        if not self.slider.isSliderDown():
            self._rest.start()

    @Slot(str)
    def _on_refused(self, reason: str) -> None:
        self._hint.setText(reason)
        self._hint.setVisible(bool(reason))


class _JumpSlider(QSlider):
    """A press beside the handle brings it there, to be dragged on.

    A style of its own would say so, too, but would keep the application's style sheet off the slider.
    """

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt's name)
        """See the class."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle, groove = (self._part(option, part) for part in _PARTS)
        place = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and not handle.contains(place):
            along = place.x() - groove.x() - handle.width() // 2
            room = groove.width() - handle.width()
            self.setSliderPosition(
                QStyle.sliderValueFromPosition(
                    self.minimum(), self.maximum(), along, room, upsideDown=self.invertedAppearance()
                )
            )
        super().mousePressEvent(event)

    def _part(self, option: QStyleOptionSlider, part: QStyle.SubControl) -> QRect:
        return self.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, part, self)
