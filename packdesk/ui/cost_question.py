"""The question before the first generation of a session that costs something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from packdesk.domain.text import cut
from packdesk.ui.translation import translate

if TYPE_CHECKING:
    from packdesk.generation.base import Estimate


def cost_question(parent: QWidget, estimate: Estimate) -> QMessageBox:
    """A message box, not yet open; `accepted` when the user agrees."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(translate("cost", "Artwork by Gemini"))
    asked = (
        translate("cost", "Ask {0} for one picture?")
        if estimate.calls == 1
        else translate("cost", "Ask {0} for {1} pictures?")
    )
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(asked.format(cut(estimate.model, 60), estimate.calls))
    once = translate("cost", "You are asked once in each session.")
    box.setInformativeText(f"{_cost_words(estimate)} {once}")
    go = box.addButton(translate("cost", "Generate"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(go)
    return box


def _cost_words(estimate: Estimate) -> str:
    return {
        "low": translate(
            "cost", "Google bills your key for it: cost class low (up to about 25 US cents together)."
        ),
        "medium": translate(
            "cost", "Google bills your key for it: cost class medium (up to about a US dollar together)."
        ),
        "high": translate(
            "cost", "Google bills your key for it: cost class high (more than a US dollar together)."
        ),
    }[estimate.cost]
