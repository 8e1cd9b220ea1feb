"""A strip above the picture that says, as long as it is so, that nothing can be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout

from packdesk.ui.icons import line_icon
from packdesk.ui.parts import GAP, button, label

if TYPE_CHECKING:
    from packdesk.ui.theme import Theme

_ICON = 18


class Banner(QFrame):
    """Shown while the design cannot be changed.

    Signals:
        copy_wanted: make what is reviewed the current design.
        settings_wanted: show the settings.
    """

    copy_wanted = Signal()
    settings_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._icon, self.text = label(""), label("", wrap=True)
        self.copy_button = button(self.tr("Edit a copy"))
        self.settings_button = button(self.tr("Settings …"))
        self.copy_button.clicked.connect(self.copy_wanted)
        self.settings_button.clicked.connect(self.settings_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 16, 7)
        row.setSpacing(GAP)
        row.addWidget(self._icon)
        row.addWidget(self.text, 1)
        row.addWidget(self.copy_button)
        row.addWidget(self.settings_button)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draw the icon in the theme's colour."""
        self._icon.setPixmap(line_icon("info", theme.accent).pixmap(_ICON, _ICON))

    @Slot(str)
    def follow_connection(self, connection: str) -> None:
        """Show it where the design is open read-only, or its server takes no changes."""
        texts = {
            "review": self.tr("You are looking at a bundle. Nothing in it can be changed here."),
            "read-only": self.tr(
                "The server takes no changes for now. You can look at the design and export it."
            ),
        }
        self.text.setText(texts.get(connection, ""))
        self.copy_button.setVisible(connection == "review")
        self.settings_button.setVisible(connection == "read-only")
        self.setVisible(connection in texts)
