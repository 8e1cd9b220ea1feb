"""What can be set for an export: the blank, its lines, what is in the file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFormLayout, QGridLayout, QHBoxLayout, QSpinBox, QWidget

from packdesk.domain.dieline.build import OPTION_LIMITS_MM
from packdesk.domain.dieline.structures import has_torn_lid
from packdesk.domain.dieline.values import DielineOptions, DielineStyle, LineColours
from packdesk.export.flat.png import MAX_DPI, MIN_DPI
from packdesk.export.flat.sheet import FlatOptions
from packdesk.export.options import ExportFormat, ExportOptions
from packdesk.ui.dialogs.press_row import PressRow
from packdesk.ui.dialogs.structure_form import StructureForm
from packdesk.ui.length_field import LengthField
from packdesk.ui.parts import GAP, choice_box, label, tip
from packdesk.ui.usual_field import UsualField

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayoutItem

    from packdesk.domain.dimensions import Dimensions, PackageType
    from packdesk.ui.units import Unit

HINT_HEIGHT = 32
"""Two lines."""


class ExportForm(QWidget):
    """Two columns: measures of the blank, and what the file shows of it.

    Signals:
        edited: something was set.
        judged: something stands in a field that cannot be used, or does no longer; see `unusable`.
    """

    edited = Signal()
    judged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = ExportOptions()
        self.structure = StructureForm(self)
        self.style_box = choice_box(self.tr("Box style"), self._styles())
        self.colours = choice_box(self.tr("Line colours"), self._presets())
        self.measures = {name: self._measure(name, title) for name, title in self._titles()}
        self.dpi = QSpinBox()
        self.dpi.setRange(round(MIN_DPI), round(MAX_DPI))
        self.dpi.setSuffix(self.tr(" dpi") + " ")  # the last space keeps the unit off the border
        self.dpi.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.dpi.setKeyboardTracking(False)
        self.dpi.setAccessibleName(self.tr("Resolution"))
        self.artwork = QCheckBox(self.tr("Artwork"))
        self.lines = QCheckBox(self.tr("Lines"))
        self.marks = QCheckBox(self.tr("Crop marks"))
        self.legend = QCheckBox(self.tr("Legend"))
        self.perforated = QCheckBox(self.tr("Tear-off line"))
        self.outlines = QCheckBox(self.tr("Words as paths"))
        self.live_text = QCheckBox(self.tr("Live text"))
        tip = self.tr("Lettering as text with embedded typefaces, as far as their licence allows")
        self.live_text.setToolTip(tip)
        self.flaps = QCheckBox(self.tr("Flaps and board"))
        self.inside = QCheckBox(self.tr("Inside only"))
        self.press = PressRow()
        self._hint = label("", "small-error", wrap=True)
        self._columns = (QFormLayout(), QFormLayout())
        self._place()
        self._connect()

    def show_options(self, options: ExportOptions) -> None:
        """Show what is set."""
        self._options = options
        flat, dieline = options.flat, options.dieline
        with QSignalBlocker(self):
            self.style_box.setCurrentIndex(self.style_box.findData(dieline.style))
            self.colours.setCurrentIndex(self.colours.findData(flat.colours))
            self.structure.show_options(dieline)
            for name, field in self.measures.items():
                if isinstance(field, UsualField):
                    field.show_own(getattr(dieline, name))
                else:
                    field.show_value(getattr(dieline, name))
            self._show_usual_glue(dieline)
            self.dpi.setValue(round(options.dpi))
            self.press.show_options(flat.press)
            for box, checked in (
                (self.artwork, flat.artwork),
                (self.lines, options.lines),
                (self.marks, flat.marks),
                (self.legend, flat.legend),
                (self.perforated, dieline.perforated),
                (self.outlines, flat.outlines),
                (self.live_text, flat.live_text),
                (self.flaps, options.model.flaps),
                (self.inside, flat.inside),
            ):
                box.setChecked(checked)

    def options(self) -> ExportOptions:
        """What is set now."""
        measures: dict[str, Any] = {
            name: field.own if isinstance(field, UsualField) else field.millimetres()
            for name, field in self.measures.items()
        }
        dieline = replace(
            self.structure.applied(self._options.dieline),
            style=DielineStyle(self.style_box.currentData()),  # Qt makes plain text of it
            perforated=self.perforated.isChecked(),
            **measures,
        )
        flat = FlatOptions(
            LineColours(self.colours.currentData()),
            artwork=self.artwork.isChecked(),
            marks=self.marks.isChecked(),
            legend=self.legend.isChecked(),
            outlines=self.outlines.isChecked(),
            live_text=self.live_text.isChecked(),
            press=self.press.options(),
            inside=self.inside.isChecked(),
        )
        return replace(
            self._options,
            dieline=dieline,
            flat=flat,
            dpi=float(self.dpi.value()),
            lines=self.lines.isChecked(),
            model=replace(self._options.model, flaps=self.flaps.isChecked()),
        )

    def unusable(self) -> LengthField | None:
        """A field in which something stands that cannot be used, if there is one."""
        return next((field for field in self._fields() if not field.usable), None)

    def show_for(self, kind: ExportFormat, package_type: PackageType, size: Dimensions) -> None:
        """Allow what a kind of file and a package of that size can have."""
        dieline = self.options().dieline
        self.structure.show_for(package_type, size, dieline)
        box, flat = package_type == "box", kind.is_flat
        shaped = flat or kind.is_model or kind is ExportFormat.PROOF
        self.setEnabled(shaped)
        caliper = self.measures["caliper"]
        caliper.setEnabled(dieline.board is None)
        if dieline.board is not None:
            caliper.show_value(dieline.caliper)
        self._show_usual_glue(dieline)
        self.style_box.setEnabled(box)
        self.measures["glue_flap"].setEnabled(not box or dieline.style is not DielineStyle.MAILER)
        blank = flat or kind is ExportFormat.PROOF
        self.perforated.setEnabled(box and blank and has_torn_lid(dieline.style))
        self.structure.nicks.setEnabled(blank)
        self.structure.nick_width.setEnabled(blank)
        self.artwork.setEnabled(kind.has_artwork and flat)
        drawn = flat and kind is not ExportFormat.CF2
        for widget in (self.colours, self.marks, self.legend):
            widget.setEnabled(drawn)
        for name in ("bleed", "safe"):
            self.measures[name].setEnabled(drawn or kind is ExportFormat.PROOF)
        for field in (self.dpi, self.lines):
            field.setEnabled(kind is ExportFormat.PNG)
        self.outlines.setEnabled(kind is ExportFormat.SVG)
        self.live_text.setEnabled(kind is ExportFormat.PDF)
        self.flaps.setEnabled(kind.is_model)
        self.inside.setEnabled(flat or kind is ExportFormat.PANELS)
        self.press.setEnabled(kind in {ExportFormat.PDF, ExportFormat.PROOF})

    def set_unit(self, unit: Unit) -> None:
        """Show measures in a unit."""
        for field in self._fields():
            field.set_unit(unit)

    def _fields(self) -> tuple[LengthField, ...]:
        return (*self.measures.values(), self.structure.tuck, self.structure.nick_width)

    def _measure(self, name: str, title: str) -> LengthField:
        most = OPTION_LIMITS_MM[name]
        if name == "glue_flap":
            made: LengthField = UsualField(most, DielineOptions().glue, steps_in_a_unit=2)
            made.setToolTip(tip(self.tr("Follows the board until another width is set.")))
        else:
            made = LengthField(0, most, steps_in_a_unit=2)
        made.setAccessibleName(title)
        return made

    def _show_usual_glue(self, dieline: DielineOptions) -> None:
        field = self.measures["glue_flap"]
        if isinstance(field, UsualField):
            field.show_usual(replace(dieline, glue_flap=None).glue)

    def _titles(self) -> tuple[tuple[str, str], ...]:
        return (
            ("caliper", self.tr("Board thickness")),
            ("glue_flap", self.tr("Glue flap")),
            ("bleed", self.tr("Bleed")),
            ("safe", self.tr("Safe area")),
        )

    def _styles(self) -> tuple[tuple[object, str], ...]:
        return (
            (DielineStyle.STRAIGHT_TUCK, self.tr("Straight tuck")),
            (DielineStyle.REVERSE_TUCK, self.tr("Reverse tuck")),
            (DielineStyle.TUCK_SEAL, self.tr("Tuck and seal")),
            (DielineStyle.SEAL_END, self.tr("Seal end")),
            (DielineStyle.HANG_TAB, self.tr("Hang tab")),
            (DielineStyle.SNAP_LOCK, self.tr("Snap-lock bottom")),
            (DielineStyle.AUTO_LOCK, self.tr("Auto-lock bottom")),
            (DielineStyle.MAILER, self.tr("Mailer")),
            (DielineStyle.TRAY_LID, self.tr("Tray with lid")),
            (DielineStyle.SLEEVE, self.tr("Sleeve")),
            (DielineStyle.CROSS, self.tr("Cross")),
        )

    def _presets(self) -> tuple[tuple[object, str], ...]:
        return (
            (LineColours.PACKDESK, self.tr("Red and blue")),
            (LineColours.MAGENTA_CYAN, self.tr("Magenta and cyan")),
            (LineColours.BLACK, self.tr("Black")),
        )

    def _place(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(22)
        left, right = self._columns
        for form in self._columns:
            form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
            form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
            form.setHorizontalSpacing(12)
            form.setVerticalSpacing(GAP)
            layout.addLayout(form, 1)
        structure = self.structure
        for choice in (self.style_box, structure.board, structure.sized):
            left.addRow(label(choice.accessibleName()), choice)
        for field in self.measures.values():
            left.addRow(label(field.accessibleName()), field)
        nicks = QHBoxLayout()
        nicks.setSpacing(GAP)
        nicks.addWidget(structure.nicks, 2)
        nicks.addWidget(structure.nick_width, 3)
        left.addRow(label(structure.nicks.accessibleName()), nicks)
        flaps = QHBoxLayout()  # here is room for them on a low screen
        flaps.setSpacing(16)
        flaps.addWidget(structure.flap_art)
        flaps.addWidget(structure.telescope)
        left.addRow(flaps)
        self._hint.setMinimumHeight(HINT_HEIGHT)  # always there: nothing moves when a measure is refused
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        left.addRow(self._hint)
        right.addRow(label(self.colours.accessibleName()), self.colours)
        for widget in (self.dpi, structure.tuck, structure.lock, structure.glue_side):
            right.addRow(label(widget.accessibleName()), widget)
        boxes = QGridLayout()
        boxes.setHorizontalSpacing(16)
        boxes.setVerticalSpacing(12)
        for number, box in enumerate((*self._checks(), structure.notch)):
            boxes.addWidget(box, number // 2, number % 2)
        right.addRow(boxes)
        right.addRow(self.press)

    def _connect(self) -> None:
        for box in (self.style_box, self.colours):
            box.currentIndexChanged.connect(self.edited)
        self.structure.edited.connect(self.edited)
        for field in self.measures.values():
            field.edited.connect(self.edited)
        for field in self._fields():
            field.refused.connect(self._show_hint)
        self.dpi.valueChanged.connect(self.edited)
        self.press.edited.connect(self.edited)
        for check in self._checks():
            check.toggled.connect(self.edited)

    def _checks(self) -> tuple[QCheckBox, ...]:
        paper = (self.artwork, self.lines, self.marks, self.legend)
        return (*paper, self.outlines, self.live_text, self.perforated, self.flaps, self.inside)

    @Slot()
    def _show_hint(self) -> None:
        unusable = self.unusable()
        reason = unusable.accessibleDescription() if unusable else ""
        if reason == self._hint.text():
            return
        self._take_hint()
        if unusable is not None:
            self._put_hint_below(unusable)
        else:
            self._columns[0].addRow(self._hint)  # no gap stays between two measures
        self._hint.setText(reason)
        self.judged.emit()

    def _take_hint(self) -> None:
        """Take it from where it is; its room goes with it."""
        for form in self._columns:
            if form.indexOf(self._hint) >= 0:
                form.takeRow(self._hint)

    def _put_hint_below(self, field: LengthField) -> None:
        for form in self._columns:
            for row in range(form.rowCount()):
                item = form.itemAt(row, QFormLayout.ItemRole.FieldRole)
                if item is not None and _holds(item, field):
                    form.insertRow(row + 1, self._hint)
                    return


def _holds(item: QLayoutItem, field: QWidget) -> bool:
    beside = item.layout()
    return item.widget() is field or (beside is not None and beside.indexOf(field) >= 0)
