"""A menu of prompts to begin from: those of this design, and a few good examples."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from packdesk.domain.prompts import EXAMPLES
from packdesk.domain.text import cut
from packdesk.ui.parts import tip

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHOWN = 64


class PromptIdeas(QMenu):
    """Filled anew whenever the design's prompts change.

    Signals:
        chosen: a prompt.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._used: list[str] | None = None
        self.show_used([])

    def show_used(self, prompts: Sequence[str]) -> None:
        """Offer these prompts of the design above the examples."""
        if list(prompts) == self._used:
            return
        self._used = list(prompts)
        self.clear()
        if prompts:
            self.addSection(self.tr("Used in this design"))
            self._add(prompts)
        self.addSection(self.tr("Examples"))
        self._add(EXAMPLES)

    def _add(self, prompts: Sequence[str]) -> None:
        for prompt in prompts:
            # An ampersand would mark a letter for the keyboard.
            action = self.addAction(cut(prompt, _SHOWN).replace("&", "&&"))
            action.setToolTip(tip(prompt))
            action.triggered.connect(partial(self.chosen.emit, prompt))
