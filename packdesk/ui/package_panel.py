"""What the package is: its type, its sizes, and what follows from them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFormLayout, QHBoxLayout, QPushButton, QWidget

from packdesk.domain.dimensions import DEFAULT_DIMENSIONS
from packdesk.domain.panels import panel_sizes
from packdesk.ui.dimension_row import DimensionRow
from packdesk.ui.icons import line_icon
from packdesk.ui.parts import GAP, MARGIN, button, column, label, rule

if TYPE_CHECKING:
    from packdesk.domain.dimensions import Dimensions, PackageType
    from packdesk.domain.state import PackagingState
    from packdesk.ui.theme import Theme


class PackagePanel(QWidget):
    """Type switch, size rows and read-outs.

    Signals:
        type_chosen: `box` or `cylinder`.
        sized: width, height, depth in millimetres.
    """

    type_chosen = Signal(str)
    sized = Signal(float, float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._type: PackageType = "box"
        self._size = DEFAULT_DIMENSIONS["box"]
        self.box_button = self._type_button(self.tr("Box"))
        self.cylinder_button = self._type_button(self.tr("Cylinder"))
        self._group = QButtonGroup(self)
        self._group.addButton(self.box_button)
        self._group.addButton(self.cylinder_button)
        self.width_row = DimensionRow(self.tr("Width"))
        self.height_row = DimensionRow(self.tr("Height"))
        self.depth_row = DimensionRow(self.tr("Depth"))
        self._volume, self._surface, self._face = label(""), label(""), label("")
        self._face_name = label("", "muted")
        self._place()
        self._connect()

    def show_state(self, state: PackagingState) -> None:
        """Show type and sizes."""
        self._type, self._size = state.package_type, state.package_dimensions
        cylinder = state.package_type == "cylinder"
        with QSignalBlocker(self._group):
            (self.cylinder_button if cylinder else self.box_button).setChecked(True)
        self.width_row.set_name(self.tr("Diameter") if cylinder else self.tr("Width"))
        self.depth_row.setVisible(not cylinder)
        rows = (self.width_row, self.height_row, self.depth_row)
        for row, value in zip(rows, state.package_dimensions.as_tuple(), strict=True):
            row.show_value(value)
        self._show_facts(state.package_type, state.package_dimensions)

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in the theme's colours."""
        self.box_button.setIcon(line_icon("box", theme.text))
        self.cylinder_button.setIcon(line_icon("cylinder", theme.text))

    def _type_button(self, text: str) -> QPushButton:
        made = button(text, kind="segment")
        made.setCheckable(True)
        made.setIconSize(QSize(20, 20))
        return made

    def _place(self) -> None:
        layout = column(self, margin=MARGIN, gap=18)
        types = QHBoxLayout()
        types.setSpacing(GAP)
        types.addWidget(self.box_button)
        types.addWidget(self.cylinder_button)
        layout.addLayout(types)
        for row in (self.width_row, self.height_row, self.depth_row):
            layout.addWidget(row)
        layout.addWidget(rule())
        facts = QFormLayout()
        facts.setHorizontalSpacing(20)
        facts.setVerticalSpacing(6)
        facts.addRow(label(self.tr("Volume"), "muted"), self._volume)
        facts.addRow(label(self.tr("Surface"), "muted"), self._surface)
        facts.addRow(self._face_name, self._face)
        layout.addLayout(facts)
        layout.addStretch(1)

    def _connect(self) -> None:
        self.box_button.clicked.connect(self._on_box)
        self.cylinder_button.clicked.connect(self._on_cylinder)
        self.width_row.edited.connect(self._on_width)
        self.height_row.edited.connect(self._on_height)
        self.depth_row.edited.connect(self._on_depth)

    @Slot()
    def _on_box(self) -> None:
        self.type_chosen.emit("box")

    @Slot()
    def _on_cylinder(self) -> None:
        self.type_chosen.emit("cylinder")

    # The sides that were not touched keep their value to the last digit, whatever the fields can show.

    @Slot(float)
    def _on_width(self, value: float) -> None:
        depth = value if self._type == "cylinder" else self._size.depth
        self.sized.emit(value, self._size.height, depth)

    @Slot(float)
    def _on_height(self, value: float) -> None:
        self.sized.emit(self._size.width, value, self._size.depth)

    @Slot(float)
    def _on_depth(self, value: float) -> None:
        self.sized.emit(self._size.width, self._size.height, value)

    def _show_facts(self, package_type: PackageType, size: Dimensions) -> None:
        flat = panel_sizes(package_type, size)
        round_share = math.pi / 4 if package_type == "cylinder" else 1.0
        volume = size.width * size.height * size.depth * round_share / 1000
        area = sum(
            panel.width * panel.height * (round_share if name != "body" else 1.0)
            for name, panel in flat.items()
        )
        face = next(iter(flat.values()))
        self._face_name.setText(self.tr("Front panel") if package_type == "box" else self.tr("Body panel"))
        number = QLocale()
        self._volume.setText(f"{number.toString(volume, 'f', 0)} ml")
        self._surface.setText(f"{number.toString(area / 100, 'f', 0)} cm²")
        self._face.setText(
            f"{number.toString(face.width, 'f', 1)} × {number.toString(face.height, 'f', 1)} mm"
        )
