"""Where artwork of the whole blank lies: shown over the blank, set right by hand or typed, agreed to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from packdesk.domain.sheet.placement import PlacementChange
from packdesk.domain.text import cut
from packdesk.ui.dialogs.sheet_canvas import SheetCanvas
from packdesk.ui.length_field import LengthField
from packdesk.ui.parts import GAP, MARGIN, button, column, label
from packdesk.ui.spoken import error_text
from packdesk.ui.units import Unit, sides_text
from packdesk.ui.wheel import guard_wheel

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.domain.sheet.placement import SheetPlacement
    from packdesk.services.sheets import SheetOffer
    from packdesk.ui.theme import Theme

_FIRST_SIZE, _FRAME, _SIDE = QSize(1080, 720), QSize(40, 60), 300
_FARTHEST_MM, _NAME = 20_000.0, 80
_UNBROKEN = "\u00a0"


class SheetDialog(QDialog):
    """Asks whether a sheet lies right.

    Args:
        parent: the window it opens above.
        offer: the sheet, and where it was found.
        theme: of the window.
        unit: of lengths.

    Signals:
        agreed: a `SheetPlacement`, and whether the file shall be followed.
    """

    agreed = Signal(object, bool)

    def __init__(self, parent: QWidget, offer: SheetOffer, theme: Theme, unit: Unit) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Artwork for the whole package"))
        self._offer, self._unit = offer, unit
        self._placement = offer.found.placement
        self.canvas = SheetCanvas(offer.found.dieline, offer.small, self._placement, theme)
        self.left, self.top = (LengthField(-_FARTHEST_MM, _FARTHEST_MM) for _ in range(2))
        self.scale, self.angle = QDoubleSpinBox(), QDoubleSpinBox()
        self.mirrored, self.snaps = (
            QCheckBox(self.tr("Mirrored (inside view)")),
            QCheckBox(self.tr("Snap to lines")),
        )
        self.follows = QCheckBox(self.tr("Follow the file"))
        self.turn_left, self.turn_right = button("↺ 90°"), button("↻ 90°")
        self.again = button(self.tr("As it was found"))
        self.leave, self.go = button(self.tr("Cancel")), button(self.tr("Put on all panels"), kind="primary")
        self._set_up_fields()
        self._place()
        guard_wheel(self)
        self._connect()
        self._show()
        self.resize(_FIRST_SIZE.boundedTo(parent.window().size() - _FRAME))
        self.canvas.setFocus()

    def placement(self) -> SheetPlacement:
        """Where it lies now."""
        return self._placement

    @property
    def file(self) -> Path | None:
        """Where the sheet came from, if from a file."""
        source = self._offer.source
        return None if source is None else source.file

    def _set_up_fields(self) -> None:
        for length in (self.left, self.top):
            length.set_unit(self._unit)
        self.scale.setRange(1, 10_000)
        self.scale.setDecimals(2)
        self.scale.setSuffix(" %")
        self.angle.setRange(-180, 180)
        self.angle.setWrapping(True)
        self.angle.setDecimals(2)
        self.angle.setSuffix("°")
        for spin in (self.scale, self.angle):
            spin.setAlignment(Qt.AlignmentFlag.AlignRight)
            spin.setKeyboardTracking(False)
        self.snaps.setChecked(True)
        self.follows.setEnabled(self.file is not None)
        self.follows.setToolTip(self.tr("What is saved in it is put on all panels, lying as it does now"))
        for field, name in (
            (self.left, self.tr("From the left")),
            (self.top, self.tr("From the top")),
            (self.scale, self.tr("Size")),
            (self.angle, self.tr("Angle")),
        ):
            field.setAccessibleName(name)
        self.turn_left.setToolTip(self.tr("Turn a quarter to the left"))
        self.turn_right.setToolTip(self.tr("Turn a quarter to the right"))

    def _place(self) -> None:
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.canvas, 1)
        side = QWidget()
        side.setFixedWidth(_SIDE)
        layout = column(side, margin=MARGIN, gap=GAP)
        layout.addWidget(label(cut(self._offer.name, _NAME), "heading", wrap=True))
        layout.addWidget(label(self._found_words(), "muted", wrap=True))
        if self._offer.made_for is not None:
            sides = sides_text(self._offer.made_for.as_tuple(), self._unit)
            words = self.tr("Its template is for {0}: each panel shows its piece, cropped to its size.")
            layout.addWidget(label(words.format(sides), "warning", wrap=True))
        if self._offer.problem is not None:
            layout.addWidget(label(error_text(self._offer.problem), "warning", wrap=True))
        layout.addSpacing(GAP)
        layout.addLayout(self._fields())
        row = QHBoxLayout()
        row.addWidget(self.turn_left)
        row.addWidget(self.turn_right)
        layout.addLayout(row)
        for widget in (self.mirrored, self.snaps, self.again):
            layout.addWidget(widget)
        layout.addStretch(1)
        self._place_buttons(layout)
        whole.addWidget(side)

    def _place_buttons(self, layout: QVBoxLayout) -> None:
        layout.addWidget(self.follows)
        layout.addWidget(
            label(self.tr("All panels change in one step, which can be undone."), "muted", wrap=True)
        )
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.go)
        layout.addLayout(row)

    def _fields(self) -> QFormLayout:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for text, field in (
            (self.tr("From the left"), self.left),
            (self.tr("From the top"), self.top),
            (self.tr("Size"), self.scale),
            (self.tr("Angle"), self.angle),
        ):
            form.addRow(label(text), field)
        return form

    def _connect(self) -> None:
        self.canvas.moved.connect(self._take)
        self.left.edited.connect(self._on_left)
        self.top.edited.connect(self._on_top)
        self.scale.valueChanged.connect(self._on_scale)
        self.angle.valueChanged.connect(self._on_angle)
        self.mirrored.toggled.connect(self._on_mirrored)
        self.snaps.toggled.connect(self._on_snaps)
        self.turn_left.clicked.connect(self._on_turn_left)
        self.turn_right.clicked.connect(self._on_turn_right)
        self.again.clicked.connect(self._on_again)
        self.leave.clicked.connect(self.reject)
        self.go.clicked.connect(self._on_agreed)
        for one in (self.turn_left, self.turn_right, self.again, self.leave):
            one.setAutoDefault(False)
        self.go.setDefault(True)

    def _found_words(self) -> str:
        facts, how = self._offer.facts, self._offer.found.how
        size = sides_text((round(facts.width, 1), round(facts.height, 1)), self._unit)
        by = {
            "template": self.tr("Found by its template"),
            "marks": self.tr("Found by its registration marks"),
            "trim": self.tr("Found by its trim box"),
            "size": self.tr("Found by its size"),
            "ratio": self.tr("Found by its proportions"),
            "ink": self.tr("Found by what is printed"),
            "lines": self.tr("Found by the lines in it"),
            "guess": self.tr("Its place was not found"),
        }[how]
        return f"{by} · {size.replace(' ', _UNBROKEN)}"

    # --- changed

    @Slot(object)
    def _take(self, placement: SheetPlacement) -> None:
        self._placement = placement
        self._show_fields()

    def _lay(self, placement: SheetPlacement) -> None:
        self._placement = placement
        self._show()

    def _show(self) -> None:
        self.canvas.show_placement(self._placement)
        self._show_fields()

    def _show_fields(self) -> None:
        corners = self._placement.corners()
        self.left.show_value(round(min(x for x, _ in corners), 3))
        self.top.show_value(round(min(y for _, y in corners), 3))
        with QSignalBlocker(self.scale), QSignalBlocker(self.angle), QSignalBlocker(self.mirrored):
            self.scale.setValue(100 * self._placement.scale)
            self.angle.setValue(self._placement.degrees)
            self.mirrored.setChecked(self._placement.mirrored)
        self.again.setEnabled(self._placement != self._offer.found.placement)

    @Slot(float)
    def _on_left(self, millimetres: float) -> None:
        self._lay(PlacementChange(left=millimetres).applied(self._placement))

    @Slot(float)
    def _on_top(self, millimetres: float) -> None:
        self._lay(PlacementChange(top=millimetres).applied(self._placement))

    @Slot(float)
    def _on_scale(self, per_cent: float) -> None:
        self._lay(replace(self._placement, scale=per_cent / 100))

    @Slot(float)
    def _on_angle(self, degrees: float) -> None:
        self._lay(self._placement.at_angle(degrees))

    @Slot(bool)
    def _on_mirrored(self, mirrored: bool) -> None:  # noqa: FBT001  (a slot)
        self._lay(replace(self._placement, mirrored=mirrored))

    @Slot(bool)
    def _on_snaps(self, snaps: bool) -> None:  # noqa: FBT001  (a slot)
        self.canvas.snaps = snaps

    @Slot()
    def _on_turn_left(self) -> None:
        self._lay(self._placement.turned(-1))

    @Slot()
    def _on_turn_right(self) -> None:
        self._lay(self._placement.turned())

    @Slot()
    def _on_again(self) -> None:
        self._lay(self._offer.found.placement)

    @Slot()
    def _on_agreed(self) -> None:
        self.agreed.emit(self._placement, self.follows.isChecked())
        self.accept()
