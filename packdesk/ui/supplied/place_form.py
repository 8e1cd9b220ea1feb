"""Where a supplier's dieline lies under ours: corners, millimetres, quarter turns, mirrored, opacity."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QSlider, QWidget

from packdesk.domain.supplied import MOST_MOVED_MM, Corner, Overlay, Placement
from packdesk.ui.length_field import LengthField
from packdesk.ui.parts import GAP, button, choice_box, label
from packdesk.ui.supplied.words import corner_words

if TYPE_CHECKING:
    from packdesk.ui.units import Unit

_LEAST_PERCENT, _PERCENT = 10, 100


class PlaceForm(QWidget):
    """Shows and sets a `Placement` and an opacity.

    Signals:
        placed: the `Placement` from now on.
        faded: the opacity from now on, 0 to 1.
    """

    placed = Signal(object)
    faded = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._placement = Placement()
        self.theirs = self._corner_box(self.tr("Corner of theirs"))
        self.ours = self._corner_box(self.tr("Corner of ours"))
        self.right, self.down = (
            self._length(self.tr("Moved to the right")),
            self._length(self.tr("Moved down")),
        )
        self.turn = button(self.tr("Turn a quarter"))
        self.mirrored = QCheckBox(self.tr("Mirrored (inside view)"))
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity.setRange(_LEAST_PERCENT, _PERCENT)
        self.opacity.setAccessibleName(self.tr("Opacity"))
        self._place()
        for box in (self.theirs, self.ours):
            box.activated.connect(self._on_corner)
        self.right.edited.connect(self._on_moved)
        self.down.edited.connect(self._on_moved)
        self.turn.clicked.connect(self._on_turn)
        self.mirrored.clicked.connect(self._on_mirrored)
        self.opacity.valueChanged.connect(self._on_opacity)

    def show_overlay(self, overlay: Overlay) -> None:
        """Show where it lies."""
        self._placement = there = overlay.placement
        for box, corner in ((self.theirs, there.theirs), (self.ours, there.ours)):
            box.setCurrentIndex(box.findData(corner))
        self.mirrored.setChecked(there.mirrored)
        self.right.show_value(there.right)
        self.down.show_value(there.down)
        with QSignalBlocker(self.opacity):
            self.opacity.setValue(round(overlay.opacity * _PERCENT))

    def set_unit(self, unit: Unit) -> None:
        """Show and take lengths in a unit."""
        self.right.set_unit(unit)
        self.down.set_unit(unit)

    def _place(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GAP)
        rows = (
            (self.tr("Their corner"), self.theirs, self.tr("on ours"), self.ours),
            (self.tr("Right"), self.right, self.tr("Down"), self.down),
            (self.tr("Opacity"), self.opacity, "", self.turn),
        )
        for row, (first, field, second, other) in enumerate(rows):
            grid.addWidget(label(first, "muted"), row, 0)
            grid.addWidget(field, row, 1)
            grid.addWidget(label(second, "muted"), row, 2)
            grid.addWidget(other, row, 3)
        grid.addWidget(self.mirrored, len(rows), 0, 1, 4)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)

    def _corner_box(self, name: str) -> QComboBox:
        return choice_box(name, [(corner, corner_words(corner)) for corner in Corner])

    def _length(self, name: str) -> LengthField:
        made = LengthField(-MOST_MOVED_MM, MOST_MOVED_MM, steps_in_a_unit=10)
        made.setAccessibleName(name)
        made.show_value(0.0)
        return made

    def _set(self, placement: Placement) -> None:
        self._placement = placement
        self.placed.emit(placement)

    @Slot()
    def _on_corner(self) -> None:
        theirs, ours = Corner(self.theirs.currentData()), Corner(self.ours.currentData())
        self._set(replace(self._placement, theirs=theirs, ours=ours))

    @Slot()
    def _on_moved(self) -> None:
        there = replace(self._placement, right=self.right.millimetres(), down=self.down.millimetres())
        self._set(there)

    @Slot()
    def _on_turn(self) -> None:
        self._set(replace(self._placement, turns=(self._placement.turns + 1) % 4))

    @Slot(bool)
    def _on_mirrored(self, mirrored: bool) -> None:  # noqa: FBT001  (a slot)
        self._set(replace(self._placement, mirrored=mirrored))

    @Slot(int)
    def _on_opacity(self, percent: int) -> None:
        self.faded.emit(percent / _PERCENT)
