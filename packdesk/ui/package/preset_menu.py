"""A menu of common packages with their sizes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from packdesk.domain.presets import PRESETS
from packdesk.ui.translation import translate
from packdesk.ui.units import MM, Unit, sides_text

if TYPE_CHECKING:
    from packdesk.domain.dimensions import PackageType
    from packdesk.domain.presets import Preset


class PresetMenu(QMenu):
    """Boxes, then cylinders, each with its size in the user's unit.

    Signals:
        chosen: a `Preset`.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_unit(MM)

    def set_unit(self, unit: Unit) -> None:
        """Show the sizes in a unit."""
        self.clear()
        self._add_section(self.tr("Boxes"), "box", unit)
        self._add_section(self.tr("Cylinders"), "cylinder", unit)

    def _add_section(self, title: str, package_type: PackageType, unit: Unit) -> None:
        if not self.isEmpty():
            self.addSeparator()
        self.addAction(title).setEnabled(False)  # a section's own title is not drawn in a styled menu
        for preset in PRESETS:
            if preset.package_type == package_type:
                name = _preset_name(preset)
                # A menu sets what follows a tab in a column of its own.
                action = self.addAction(f"{name}\t{_size(preset, unit)}")
                action.triggered.connect(partial(self.chosen.emit, preset))


def _preset_name(preset: Preset) -> str:
    return {
        "Tea box": translate("presets", "Tea box"),
        "Cereal box": translate("presets", "Cereal box"),
        "Chocolate bar": translate("presets", "Chocolate bar"),
        "Wine bottle box": translate("presets", "Wine bottle box"),
        "Soap carton": translate("presets", "Soap carton"),
        "Cosmetics carton": translate("presets", "Cosmetics carton"),
        "Perfume carton": translate("presets", "Perfume carton"),
        "Shoe box": translate("presets", "Shoe box"),
        "Mailer box": translate("presets", "Mailer box"),
        "Tea tin": translate("presets", "Tea tin"),
        "Coffee tin": translate("presets", "Coffee tin"),
        "Drinks can 330 ml": translate("presets", "Drinks can 330 ml"),
        "Candle jar": translate("presets", "Candle jar"),
        "Cosmetic jar": translate("presets", "Cosmetic jar"),
        "Mailing tube": translate("presets", "Mailing tube"),
    }[preset.name]


def _size(preset: Preset, unit: Unit) -> str:
    width, height, depth = preset.dimensions.as_tuple()
    if preset.package_type == "cylinder":
        return "⌀ " + sides_text((width, height), unit)
    return sides_text((width, height, depth), unit)
