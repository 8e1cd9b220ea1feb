"""Names and measures in words for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QLocale

from packdesk.ui.translation import marked, translate
from packdesk.ui.units import MM, sides_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QDateTime

    from packdesk.domain.panels import FlatSize
    from packdesk.ui.units import Unit

LOW_DPI = 200
"""Below this, print looks soft at arm's length."""

PANEL_NAMES: dict[str, object] = {
    "front": QT_TRANSLATE_NOOP("wording", "Front"),
    "back": QT_TRANSLATE_NOOP("wording", "Back"),
    "left": QT_TRANSLATE_NOOP("wording", "Left"),
    "right": QT_TRANSLATE_NOOP("wording", "Right"),
    "top": QT_TRANSLATE_NOOP("wording", "Top"),
    "bottom": QT_TRANSLATE_NOOP("wording", "Bottom"),
    "body": QT_TRANSLATE_NOOP("wording", "Body"),
}


_STATUSES: dict[str, object] = {
    "waiting": QT_TRANSLATE_NOOP("panels", "Waiting"),
    "working": QT_TRANSLATE_NOOP("panels", "Generating …"),
    "finished": QT_TRANSLATE_NOOP("panels", "Preview"),
    "failed": QT_TRANSLATE_NOOP("panels", "Failed"),
    "loading": QT_TRANSLATE_NOOP("panels", "Loading …"),
    "missing": QT_TRANSLATE_NOOP("panels", "Not on this computer"),
    "empty": QT_TRANSLATE_NOOP("panels", "No artwork"),
}


def moment_text(moment: QDateTime) -> str:
    """A point in time to the minute, as that is written here."""
    locale = QLocale()
    if locale.language() == QLocale.Language.C:  # no place at all writes so: ISO 8601
        return moment.toString("yyyy-MM-dd HH:mm")
    return locale.toString(moment, QLocale.FormatType.ShortFormat)


def panel_name(panel_id: str) -> str:
    """A panel's name for people."""
    name = PANEL_NAMES.get(panel_id)
    return panel_id if name is None else marked("wording", name)


def status_words(status: str) -> str:
    """What a panel's status means, for people; nothing where the artwork speaks for itself."""
    words = _STATUSES.get(status)
    return "" if words is None else marked("panels", words)


def size_text(size: FlatSize, unit: Unit = MM) -> str:
    """A flat size for people, such as `100 × 150 mm`."""
    return sides_text((size.width, size.height), unit)


def is_low(dpi: float) -> bool:
    """Whether a resolution, as it is shown, is too low for print at arm's length."""
    return round(dpi) < LOW_DPI


def dpi_text(dpi: float, fits: Callable[[str], bool] = bool) -> str:
    """A resolution for people; a low one says so in words too, if that `fits`."""
    shown = translate("wording", "{0} dpi").format(round(dpi))
    low = translate("wording", "Low: {0}").format(shown)
    return low if is_low(dpi) and fits(low) else shown
