"""What can be set for pictures and films of the package."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QSpinBox,
    QWidget,
)

from packdesk.export.turntable import MAX_RATE, MAX_SECONDS, MIN_SECONDS
from packdesk.ui.parts import GAP, choice_box, label
from packdesk.viewer.render import MAX_SIDE

_OPAQUE = frozenset({".jpg", ".mp4"})
_FIRST_SECONDS, _FIRST_RATE = 6.0, 24


class PictureChoice(NamedTuple):
    """What is set.

    Attributes:
        film: whether the package turns once.
        ending: of the file, '' for a folder of pictures.
        width: in pixels.
        height: in pixels.
        transparent: whether there is nothing behind the package.
        seconds: of a turn.
        rate: pictures a second of a film.
    """

    film: bool
    ending: str
    width: int
    height: int
    transparent: bool
    seconds: float
    rate: int


class PictureForm(QWidget):
    """Kind, format, size and background.

    Signals:
        edited: something was set.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = (1600, 1200)
        self.kind = choice_box(
            self.tr("Kind"), ((False, self.tr("Pictures")), (True, self.tr("A full turn")))
        )
        self.format = choice_box(self.tr("Format"), ())
        self.preset = choice_box(self.tr("Size"), self._presets())
        self.width_field, self.height_field = self._pixels(self.tr("Width")), self._pixels(self.tr("Height"))
        self.transparent = QCheckBox(self.tr("Nothing behind the package"))
        self.seconds = QDoubleSpinBox(
            minimum=MIN_SECONDS, maximum=MAX_SECONDS, value=_FIRST_SECONDS, decimals=1
        )
        self.seconds.setSuffix(" s ")
        self.rate = QSpinBox(minimum=1, maximum=MAX_RATE, value=_FIRST_RATE)
        self.rate.setSuffix(" ")
        for field in (self.seconds, self.rate):
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._place()
        self._connect()
        self._show_kind()
        self._show_preset()

    def show_view_size(self, width: int, height: int) -> None:
        """How large the view is, in pixels."""
        self._shown = (width, height)
        if self.preset.currentData() == "view":
            self._show_preset()

    def choice(self) -> PictureChoice:
        """What is set now."""
        ending = self.format.currentData()
        return PictureChoice(
            film=self.kind.currentData(),
            ending=ending,
            width=self.width_field.value(),
            height=self.height_field.value(),
            transparent=self.transparent.isChecked() and ending not in _OPAQUE,
            seconds=self.seconds.value(),
            rate=self.rate.value(),
        )

    def _place(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(GAP)
        form.setHorizontalSpacing(12)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for box in (self.kind, self.format, self.preset):
            form.addRow(label(box.accessibleName()), box)
        sides = QHBoxLayout()
        sides.setSpacing(GAP)
        sides.addWidget(self.width_field, 1)
        sides.addWidget(label("×"))
        sides.addWidget(self.height_field, 1)
        form.addRow(label(""), sides)
        self._seconds_name, self._rate_name = label(self.tr("Duration")), label(self.tr("Pictures a second"))
        for field, name in ((self.seconds, self._seconds_name), (self.rate, self._rate_name)):
            field.setAccessibleName(name.text())
            form.addRow(name, field)
        form.addRow(label(self.tr("Background")), self.transparent)

    def _connect(self) -> None:
        self.kind.activated.connect(self._show_kind)
        self.format.activated.connect(self._show_format)
        self.preset.activated.connect(self._show_preset)
        for field in (self.width_field, self.height_field):
            field.valueChanged.connect(self._on_side)
        for changed in (self.transparent.toggled, self.seconds.valueChanged, self.rate.valueChanged):
            changed.connect(self.edited)

    @Slot()
    def _show_kind(self) -> None:
        film = self.kind.currentData()
        self.format.clear()
        for ending, name in self._films() if film else (("png", "PNG"), ("jpg", "JPEG"), ("webp", "WebP")):
            self.format.addItem(name, f".{ending}" if ending else "")
        for widget in (self.seconds, self.rate, self._seconds_name, self._rate_name):
            widget.setVisible(film)
        self._show_format()

    @Slot()
    def _show_format(self) -> None:
        opaque = self.format.currentData() in _OPAQUE
        self.transparent.setEnabled(not opaque)
        self.transparent.setToolTip(self.tr("This format cannot be transparent.") if opaque else "")
        self.edited.emit()

    @Slot()
    def _show_preset(self) -> None:
        size = self._shown if self.preset.currentData() == "view" else self.preset.currentData()
        if size is not None:
            for field, side in zip((self.width_field, self.height_field), size, strict=True):
                with QSignalBlocker(field):
                    field.setValue(side)
        self.edited.emit()

    @Slot()
    def _on_side(self) -> None:
        self.preset.setCurrentIndex(self.preset.findData(None))
        self.edited.emit()

    def _presets(self) -> tuple[tuple[object, str], ...]:
        return (
            ("view", self.tr("As the view")),
            ((1920, 1080), self.tr("Screen, 1920 × 1080")),
            ((3840, 2160), self.tr("Large screen, 3840 × 2160")),
            ((2048, 2048), self.tr("Square, 2048 × 2048")),
            ((4096, 4096), self.tr("Print, 4096 × 4096")),
            ((MAX_SIDE, MAX_SIDE), self.tr("Largest, 8192 × 8192")),
            (None, self.tr("Other")),
        )

    def _films(self) -> tuple[tuple[str, str], ...]:
        return (("webp", "WebP"), ("mp4", "MP4"), ("", self.tr("Folder of PNG pictures")))

    def _pixels(self, name: str) -> QSpinBox:
        made = QSpinBox(minimum=1, maximum=MAX_SIDE)
        made.setSuffix(" px ")  # the last space keeps the unit off the border
        made.setAlignment(Qt.AlignmentFlag.AlignRight)
        made.setKeyboardTracking(False)
        made.setAccessibleName(name)
        return made
