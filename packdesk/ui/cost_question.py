"""The question before the first generation of a session that costs something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget

if TYPE_CHECKING:
    from packdesk.generation.base import Estimate


def cost_question(parent: QWidget, estimate: Estimate) -> QMessageBox:
    """A message box, not yet open; `accepted` when the user agrees."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(_tr("Artwork by Gemini"))
    asked = _tr("Ask {0} for one picture?") if estimate.calls == 1 else _tr("Ask {0} for {1} pictures?")
    box.setText(asked.format(estimate.model, estimate.calls))
    box.setInformativeText(f"{_cost_words(estimate)} {_tr('You are asked once in each session.')}")
    go = box.addButton(_tr("Generate"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(go)
    return box


def _cost_words(estimate: Estimate) -> str:
    return {
        "low": _tr("Google bills your key for it: cost class low (up to about 25 US cents together)."),
        "medium": _tr("Google bills your key for it: cost class medium (up to about a US dollar together)."),
        "high": _tr("Google bills your key for it: cost class high (more than a US dollar together)."),
    }[estimate.cost]


def _tr(text: str) -> str:
    return QCoreApplication.translate("cost", text)
