"""What follows from a package's size: volume, surface, lead panel, flat size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFormLayout, QWidget

from packdesk.domain.panels import LEAD_PANEL, panel_sizes, surface_area, volume
from packdesk.ui.parts import label
from packdesk.ui.units import area_text, sides_text, volume_text
from packdesk.ui.wording import size_text

if TYPE_CHECKING:
    from packdesk.domain.dieline.values import Dieline
    from packdesk.ui.units import Unit


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
        layout.setHorizontalSpacing(16)
        layout.setVerticalSpacing(6)
        layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        layout.addRow(label(self.tr("Volume"), "muted"), self.volume)
        layout.addRow(label(self.tr("Surface"), "muted"), self.surface)
        layout.addRow(self._face_name, self.face)
        layout.addRow(flat_name, self.flat)

    def show_blank(self, blank: Dieline, unit: Unit) -> None:
        """Show what follows from the size of a package and its blank."""
        package_type, size = blank.package_type, blank.dimensions
        box = package_type == "box"
        face = panel_sizes(package_type, size)[LEAD_PANEL[package_type]]
        self._face_name.setText(self.tr("Front panel") if box else self.tr("Body panel"))
        self.volume.setText(volume_text(volume(package_type, size), unit))
        self.surface.setText(area_text(surface_area(package_type, size), unit))
        self.face.setText(size_text(face, unit))
        self.flat.setText(sides_text((blank.width, blank.height), unit))
