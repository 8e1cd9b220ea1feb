"""What the package is: its type, its sizes, and what follows from them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from packdesk.domain.dieline.build import shown_dieline
from packdesk.domain.dieline.drawn import inside_volume, panel_area
from packdesk.domain.dieline.values import DielineOptions, Sized
from packdesk.domain.dimensions import DEFAULT_DIMENSIONS, Dimensions, scaled
from packdesk.domain.panels import LEAD_PANEL
from packdesk.domain.size_edit import SizeEdit
from packdesk.errors import InvalidInputError
from packdesk.ui.icons import line_icon
from packdesk.ui.package.dimension_row import DimensionRow
from packdesk.ui.package.preset_menu import PresetMenu
from packdesk.ui.package.unit_switch import UnitSwitch
from packdesk.ui.parts import GAP, MARGIN, button, column, label, rule
from packdesk.ui.theme import LIGHT, Theme
from packdesk.ui.units import MM, Unit, area_text, sides_text, volume_text

if TYPE_CHECKING:
    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.dimensions import PackageType
    from packdesk.domain.presets import Preset
    from packdesk.domain.state import PackagingState
    from packdesk.ui.units import Unit

WIDTH, HEIGHT, DEPTH = range(3)
SECTION_GAP = 18


class PackagePanel(QWidget):
    """Type switch, presets, size rows with a lock on their proportions, and read-outs.

    Signals:
        size_edited: a `SizeEdit`; more may follow.
        refused: the `PackdeskError` of a size that cannot be set.
        edit_finished: what was sized or chosen is complete, one step for undo.
    """

    size_edited = Signal(object)
    refused = Signal(object)
    edit_finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = LIGHT
        self._unit = MM
        self._type: PackageType = "box"
        self._options = DielineOptions()
        self._size = self._proportions = DEFAULT_DIMENSIONS["box"]
        self.box_button = self._type_button(self.tr("Box"))
        self.cylinder_button = self._type_button(self.tr("Cylinder"))
        self._group = QButtonGroup(self)
        self._group.addButton(self.box_button)
        self._group.addButton(self.cylinder_button)
        self.preset_button = button(self.tr("Presets"), kind="menu", tip=self.tr("Common packages"))
        self.presets = PresetMenu(self)
        self.preset_button.setMenu(self.presets)
        self.units = UnitSwitch()
        self.lock_button = self._lock_button()
        self.width_row = DimensionRow(self.tr("Width"))
        self.height_row = DimensionRow(self.tr("Height"))
        self.depth_row = DimensionRow(self.tr("Depth"))
        self._rows = (self.width_row, self.height_row, self.depth_row)
        self.facts = PackageFacts()
        self._place()
        self._connect()
        self._show_type(self._type)
        self._show_size(self._size)

    def show_state(self, state: PackagingState) -> None:
        """Show type and sizes, where they are others than those shown."""
        package_type, size = state.package_type, state.package_dimensions
        if (package_type, size) == (self._type, self._size):
            return
        if size.as_tuple() != self._size.as_tuple():
            self._proportions = size
        self._show_type(package_type)
        self._show_size(size)

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in the theme's colours."""
        self._theme = theme
        self.box_button.setIcon(line_icon("box", theme.text, theme.disabled))
        self.cylinder_button.setIcon(line_icon("cylinder", theme.text, theme.disabled))
        self._show_lock()

    def set_dieline_options(self, options: DielineOptions) -> None:
        """Show the flat size of a blank made with these."""
        self._options = options
        self._show_meant()
        self._show_size(self._size)

    def set_unit(self, unit: Unit) -> None:
        """Show and read lengths in a unit; the package stays as it is."""
        self._unit = unit
        self.units.show_unit(unit)
        self.presets.set_unit(unit)
        for row in self._rows:
            row.set_unit(unit)
        self._show_size(self._size)

    def _type_button(self, text: str) -> QPushButton:
        made = button(text, kind="segment")
        made.setCheckable(True)
        made.setIconSize(QSize(20, 20))
        return made

    def _lock_button(self) -> QPushButton:
        made = button("", kind="icon")
        made.setCheckable(True)
        made.setIconSize(QSize(20, 20))
        made.setAccessibleName(self.tr("Lock proportions"))
        return made

    def _place(self) -> None:
        layout = column(self, margin=MARGIN, gap=SECTION_GAP)
        types = QHBoxLayout()
        types.setSpacing(GAP)
        types.addWidget(self.box_button)
        types.addWidget(self.cylinder_button)
        layout.addLayout(types)
        heading = QHBoxLayout()
        heading.setSpacing(GAP)
        heading.addWidget(label(self.tr("Size"), "heading"), 1)
        # As high as the button beside it.
        self.preset_button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Minimum)
        heading.addWidget(self.preset_button)
        heading.addWidget(self.lock_button)
        layout.addLayout(heading)
        layout.addLayout(self._sizes())
        layout.addWidget(rule())
        layout.addWidget(self.facts)
        layout.addStretch(1)

    def _sizes(self) -> QVBoxLayout:
        rows, sizes = QVBoxLayout(), QVBoxLayout()
        rows.setSpacing(0)  # each row leaves room for why a size is refused
        for row in self._rows:
            rows.addWidget(row)
        sizes.setSpacing(0)
        sizes.addLayout(rows)
        self.meant = label("", "small", wrap=True)
        self.meant.setToolTip(
            self.tr("Inside is smaller by the board's thickness, outside larger; Export names all three.")
        )
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        foot.addWidget(self.meant, 1)
        foot.addWidget(self.units)
        sizes.addLayout(foot)
        return sizes

    def _connect(self) -> None:
        self.box_button.clicked.connect(partial(self._choose_type, "box"))
        self.cylinder_button.clicked.connect(partial(self._choose_type, "cylinder"))
        self.presets.chosen.connect(self._choose_preset)
        self.lock_button.toggled.connect(self._on_lock)
        for side, row in enumerate(self._rows):
            row.edited.connect(partial(self._resize, side))
            row.released.connect(self.edit_finished)

    def _choose_type(self, package_type: PackageType) -> None:
        self._finish_rows()
        if package_type != self._type:
            self.size_edited.emit(SizeEdit(package_type, DEFAULT_DIMENSIONS[package_type], switches=True))

    @Slot(object)
    def _choose_preset(self, preset: Preset) -> None:
        self._finish_rows()
        kind = preset.package_type
        self.size_edited.emit(SizeEdit(kind, preset.dimensions, switches=kind != self._type))
        self.edit_finished.emit()

    def _finish_rows(self) -> None:
        for row in self._rows:
            row.finish()

    @Slot()
    def _on_lock(self) -> None:
        self._proportions = self._size
        self._show_lock()

    def _resize(self, side: int, value: float) -> None:
        before = self._size
        locked = self.lock_button.isChecked()
        # The proportions are those at locking, not those of a moment ago: rounding never adds up.
        self._show_size(scaled(self._proportions, side, value) if locked else self._with_side(side, value))
        if self._size.as_tuple() == before.as_tuple():
            return
        try:
            edit = SizeEdit(self._type, self._size)
        except InvalidInputError as error:  # a side that was not touched may be another program's
            self._show_size(before)
            self.refused.emit(error)
        else:
            self.size_edited.emit(edit)

    def _with_side(self, side: int, value: float) -> Dimensions:
        # The sides that were not touched keep their value to the last digit, whatever the fields can show.
        sides = list(self._size.as_tuple())
        sides[side] = value
        if self._type == "cylinder" and side == WIDTH:
            sides[DEPTH] = value
        return Dimensions(width=sides[WIDTH], height=sides[HEIGHT], depth=sides[DEPTH])

    def _show_type(self, package_type: PackageType) -> None:
        self._type = package_type
        cylinder = package_type == "cylinder"
        with QSignalBlocker(self._group):
            (self.cylinder_button if cylinder else self.box_button).setChecked(True)
        self.width_row.set_name(self.tr("Diameter") if cylinder else self.tr("Width"))
        self.depth_row.setVisible(not cylinder)
        self._show_meant()

    def _show_meant(self) -> None:
        """Which size the sliders set."""
        crease = (
            self.tr("Manufacturing size, at mid-wall")
            if self._type == "cylinder"
            else self.tr("Manufacturing size, crease to crease")
        )
        meant = {Sized.INSIDE: self.tr("Inside size"), Sized.OUTSIDE: self.tr("Outside size")}
        self.meant.setText(meant.get(self._options.sized, crease))

    def _show_size(self, size: Dimensions) -> None:
        self._size = size
        for row, value in zip(self._rows, size.as_tuple(), strict=True):
            row.show_value(value)
        self.facts.show_blank(shown_dieline(self._type, size, self._options), self._unit)

    def _show_lock(self) -> None:
        locked = self.lock_button.isChecked()
        self.lock_button.setIcon(
            line_icon("lock" if locked else "unlock", self._theme.text, self._theme.disabled)
        )
        self.lock_button.setToolTip(
            self.tr("Proportions are locked: changing one side scales the others")
            if locked
            else self.tr("Lock the proportions")
        )


class PackageFacts(QWidget):
    """Read-outs in two columns; a value too long for its column goes below its name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.volume, self.surface, self.face, self.flat = (label("") for _ in range(4))
        self._face_name = label("", "muted")
        flat_name = label(self.tr("Flat size"), "muted")
        flat_name.setToolTip(self.tr("The blank with its flaps, from cut to cut"))
        self.flat.setToolTip(flat_name.toolTip())
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(12)
        layout.setVerticalSpacing(6)
        layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        volume_name, area_name = label(self.tr("Volume"), "muted"), label(self.tr("Surface"), "muted")
        for one in (volume_name, self.volume):
            one.setToolTip(self.tr("The room inside, with this board"))
        for one in (area_name, self.surface):
            one.setToolTip(self.tr("The panels that are on the blank"))
        layout.addRow(volume_name, self.volume)
        layout.addRow(area_name, self.surface)
        layout.addRow(self._face_name, self.face)
        layout.addRow(flat_name, self.flat)

    def show_blank(self, blank: Dieline, unit: Unit) -> None:
        """Show what follows from the size of a package and its blank."""
        box = blank.package_type == "box"
        face = blank.panel(LEAD_PANEL[blank.package_type])
        self._face_name.setText(self.tr("Front panel") if box else self.tr("Body panel"))
        self.volume.setText(volume_text(inside_volume(blank), unit))
        self.surface.setText(area_text(panel_area(blank), unit))
        self.face.setText(sides_text((face.width, face.height), unit))
        self.flat.setText(sides_text((blank.width, blank.height), unit))
