"""Names and measures in words for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from packdesk.ui.units import MM, sides_text

if TYPE_CHECKING:
    from packdesk.domain.panels import FlatSize
    from packdesk.ui.units import Unit

LOW_DPI = 200
"""Below this, print looks soft at arm's length."""


def panel_name(panel_id: str) -> str:
    """A panel's name for people."""
    names = {
        "front": _tr("Front"),
        "back": _tr("Back"),
        "left": _tr("Left"),
        "right": _tr("Right"),
        "top": _tr("Top"),
        "bottom": _tr("Bottom"),
        "body": _tr("Body"),
    }
    return names.get(panel_id, panel_id)


def size_text(size: FlatSize, unit: Unit = MM) -> str:
    """A flat size for people, such as `100 × 150 mm`."""
    return sides_text((size.width, size.height), unit)


def dpi_text(dpi: float) -> str:
    """A resolution for people; a low one says so in words too."""
    shown = _tr("{0} dpi").format(round(dpi))
    return _tr("Low: {0}").format(shown) if dpi < LOW_DPI else shown


def _tr(text: str) -> str:
    return QCoreApplication.translate("wording", text)
