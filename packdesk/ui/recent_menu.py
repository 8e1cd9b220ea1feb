"""The designs used last, in a menu."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from packdesk.domain.text import cut
from packdesk.ui.parts import tip

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_LENGTH = 60


class RecentMenu(QMenu):
    """Files by name; their places are in the tooltips, their folders beside names that stand twice.

    Signals:
        chosen: the file (`Path`).
        cleared: the list shall be forgotten.
    """

    chosen = Signal(object)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Open &recent"))
        self.setToolTipsVisible(True)

    def show_files(self, files: Sequence[Path]) -> None:
        """Show them in their order."""
        self.clear()
        names = [file.name for file in files]
        for file in files:
            text = file.name if names.count(file.name) == 1 else f"{file.name} – {file.parent.name}"
            action = self.addAction(cut(text, _LENGTH).replace("&", "&&"))
            action.setToolTip(tip(str(file)))
            action.triggered.connect(partial(self.chosen.emit, file))
        self.addSeparator()
        self.addAction(self.tr("&Clear the list")).triggered.connect(self.cleared)
        self.menuAction().setEnabled(bool(files))
