"""A row of small buttons for the selected panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

if TYPE_CHECKING:
    from packdesk.ui.actions import WindowActions

SHOWN = ("import", "paste", "turn", "fit", "fill", "save_panel", "clear_panel")


class PanelTools(QWidget):
    """The panel's actions as icons; the same as in its menu."""

    def __init__(self, actions: WindowActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for name in SHOWN:
            made = QToolButton()
            made.setProperty("kind", "small")
            made.setIconSize(QSize(18, 18))
            made.setDefaultAction(actions[name])
            made.setAccessibleName(actions[name].text().replace("&", ""))
            layout.addWidget(made)
