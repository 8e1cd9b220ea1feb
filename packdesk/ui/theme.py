"""Colours, fonts and style sheet of the window, light and dark."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette

from packdesk.assets import asset_path

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

BOARD = "#f0ede8"
"""Plain board, as the 3D view lights it; it is white board in a dark window too."""
FONT_FAMILY = "Hanken Grotesk"
FONT_POINTS = 10.5
_DRESSED = "packdeskTheme"


@dataclass(frozen=True)
class Theme:
    """Named colours, `#rrggbb`."""

    name: str
    window: str
    panel: str
    field: str
    border: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    on_accent: str
    hover: str
    selected: str
    error: str
    error_ground: str
    good: str
    warning: str


LIGHT = Theme(
    name="light",
    window="#eceded",
    panel="#f8f8f7",
    field="#ffffff",
    border="#d3d5d8",
    text="#1d2024",
    muted="#5f666e",
    disabled="#959ba2",
    accent="#2563eb",
    accent_hover="#1d4fc4",
    on_accent="#ffffff",
    hover="#e6e8eb",
    selected="#dbe6fd",
    error="#b3261e",
    error_ground="#fdecea",
    good="#2e7d4f",
    warning="#9a6200",
)
DARK = Theme(
    name="dark",
    window="#17181b",
    panel="#212327",
    field="#2a2d32",
    border="#3a3e45",
    text="#e8e9eb",
    muted="#a0a7b0",
    disabled="#6f767f",
    accent="#5b8cff",
    accent_hover="#7ba3ff",
    on_accent="#0d1526",
    hover="#2f3338",
    selected="#2b3a5c",
    error="#ff8a80",
    error_ground="#43221f",
    good="#6fcf97",
    warning="#f2b84b",
)


def load_fonts() -> None:
    """Register the bundled interface font; without it the platform's font is used."""
    for weight in ("Regular", "Medium", "SemiBold", "Bold"):
        QFontDatabase.addApplicationFont(
            str(asset_path("fonts", "hanken-grotesk", f"HankenGrotesk-{weight}.otf"))
        )


def wanted_theme(setting: str) -> Theme:
    """The theme for the setting `light`, `dark` or `system`."""
    if setting == "system":
        scheme = QGuiApplication.styleHints().colorScheme()
        return DARK if scheme.name == "Dark" else LIGHT
    return DARK if setting == "dark" else LIGHT


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Apply a theme to the whole application; nothing happens when it is applied already."""
    if app.property(_DRESSED) == theme.name:
        return
    if app.property(_DRESSED) is None:  # each of these dresses every widget anew
        app.setStyle("Fusion")
        font = QFont(FONT_FAMILY)
        font.setPointSizeF(FONT_POINTS)
        app.setFont(font)
    app.setProperty(_DRESSED, theme.name)
    app.setPalette(_palette(theme))
    sheet = asset_path("style.qss").read_text("utf-8").replace("@icons", asset_path("icons").as_posix())
    for name, colour in sorted(asdict(theme).items(), key=lambda item: -len(item[0])):
        sheet = sheet.replace(f"@{name}", colour)
    app.setStyleSheet(sheet)


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for which, colour in (
        (role.Window, theme.panel),
        (role.WindowText, theme.text),
        (role.Base, theme.field),
        (role.AlternateBase, theme.panel),
        (role.Text, theme.text),
        (role.Button, theme.field),
        (role.ButtonText, theme.text),
        (role.ToolTipBase, theme.field),
        (role.ToolTipText, theme.text),
        (role.PlaceholderText, theme.muted),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.on_accent),
        (role.Mid, theme.border),
        (role.Link, theme.accent),
        (role.Accent, theme.accent),
    ):
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.disabled))
    return palette
