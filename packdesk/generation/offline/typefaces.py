"""The typefaces packdesk brings along, made known to Qt once."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from packdesk.assets import asset_path
from packdesk.errors import DisplayError, GenerationFailedError

_FOLDERS = ("hanken-grotesk", "source-serif-pro")
_lock = threading.Lock()


@dataclass(frozen=True)
class Face:
    """A family and its weight."""

    family: str
    weight: QFont.Weight

    def font(self, pixel_size: int, tracking: float) -> QFont:
        """A font without hinting, so that lettering keeps its shape at every resolution."""
        font = QFont(self.family)
        font.setPixelSize(pixel_size)
        font.setWeight(self.weight)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, pixel_size * tracking)
        return font


SERIF_BOLD = Face("Source Serif Pro", QFont.Weight.Bold)
SANS = Face("Hanken Grotesk", QFont.Weight.Normal)
SANS_MEDIUM = Face("Hanken Grotesk", QFont.Weight.Medium)
SANS_SEMIBOLD = Face("Hanken Grotesk", QFont.Weight.DemiBold)
SANS_BOLD = Face("Hanken Grotesk", QFont.Weight.Bold)


def ensure_typefaces() -> None:
    """Register the typefaces unless they are there. Safe from any thread.

    Raises:
        DisplayError: there is no QGuiApplication, without which Qt knows no fonts at all.
        GenerationFailedError: the font files are missing or damaged.
    """
    if not isinstance(QGuiApplication.instance(), QGuiApplication):
        raise DisplayError(
            "Offline artwork was asked for before the application was started.",
            "Create the QGuiApplication first.",
        )
    with _lock:
        known = set(QFontDatabase.families())
        if not {SERIF_BOLD.family, SANS.family} <= known:
            _register()


def _register() -> None:
    damaged = GenerationFailedError("The fonts for offline artwork are missing.", "Install packdesk again.")
    try:
        files = sorted(file for name in _FOLDERS for file in asset_path("fonts", name).glob("*.otf"))
    except FileNotFoundError as error:
        raise damaged from error
    if not files or any(QFontDatabase.addApplicationFont(str(file)) < 0 for file in files):
        raise damaged
