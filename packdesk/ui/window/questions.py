"""What the window asks before it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from packdesk.domain.text import cut
from packdesk.ui.money import cost_words
from packdesk.ui.translation import translate

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.generation.base import Estimate

NAME_LENGTH = 120


def open_question(parent: QWidget, file: Path) -> QMessageBox:
    """A message box, not yet open; `accepted` when the artwork of the current design may be lost."""
    asked = translate("open", "Open “{0}” in place of the current design?")
    return _question(
        parent,
        translate("open", "Open a design"),
        asked.format(cut(file.name, NAME_LENGTH)),
        translate("open", "The artwork of the current design is replaced. Undo brings it back."),
        translate("open", "Open"),
    )


def new_question(parent: QWidget, *, artwork: bool) -> QMessageBox:
    """A message box, not yet open; `accepted` when everybody on the store may get a new design."""
    kept = translate("open", "A copy of the present one is kept among the designs of this computer.")
    return _question(
        parent,
        translate("open", "New design"),
        translate("open", "Begin a new design for everybody on this store?"),
        kept if artwork else translate("open", "The present one has no artwork."),
        translate("open", "Begin"),
    )


def preflight_question(parent: QWidget, errors: int) -> QMessageBox:
    """A message box, not yet open; `accepted` when a file is wanted although its print will be wrong."""
    asked = (
        translate("preflight", "Export although preflight found an error?")
        if errors == 1
        else translate("preflight", "Export although preflight found {0} errors?")
    )
    return _question(
        parent,
        translate("preflight", "Preflight"),
        asked.format(errors),
        translate("preflight", "What is printed from this file will not be as it is shown."),
        translate("preflight", "Export anyway"),
        careful=True,
    )


def delete_question(parent: QWidget, count: int) -> QMessageBox:
    """A message box, not yet open; `accepted` when so many pictures may go for good."""
    asked = (
        translate("generations", "Delete the picture?")
        if count == 1
        else translate("generations", "Delete {0} pictures?")
    )
    return _question(
        parent,
        translate("generations", "Generations"),
        asked.format(count),
        translate("generations", "It cannot be brought back. Pictures on a design stay."),
        translate("generations", "Delete"),
        careful=True,
    )


def remove_question(parent: QWidget, name: str) -> QMessageBox:
    """A message box, not yet open; `accepted` when a design may go for good."""
    return _question(
        parent,
        translate("open", "Designs"),
        translate("open", "Delete “{0}” for good?").format(cut(name, NAME_LENGTH)),
        translate("open", "It cannot be brought back. Its pictures stay in Generations."),
        translate("open", "Delete for good"),
        careful=True,
    )


def end_range_question(parent: QWidget) -> QMessageBox:
    """A message box, not yet open; `accepted` when a range that is being made may end with the window."""
    return _question(
        parent,
        translate("range", "Range from a table"),
        translate("range", "A range is being made. Close the window, and end it?"),
        translate("range", "Products that are made stay. “Make range” goes on with the rest, also tomorrow."),
        translate("range", "Close and end it"),
        careful=True,
    )


def cost_question(parent: QWidget, estimate: Estimate) -> QMessageBox:
    """A message box, not yet open; `accepted` when the user agrees to what a generation costs."""
    asked = (
        translate("cost", "Ask {0} for one picture?")
        if estimate.calls == 1
        else translate("cost", "Ask {0} for {1} pictures?")
    )
    once = translate("cost", "You are asked once in each session.")
    return _question(
        parent,
        translate("cost", "Artwork by Gemini"),
        asked.format(cut(estimate.model, 60), estimate.calls),
        f"{cost_words(estimate)}\n\n{once}",
        translate("cost", "Generate"),
    )


def _question(
    parent: QWidget, title: str, asked: str, more: str, go: str, *, careful: bool = False
) -> QMessageBox:
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(title)
    box.setText(asked)
    box.setInformativeText(more)
    accept = box.addButton(go, QMessageBox.ButtonRole.AcceptRole)
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(cancel if careful else accept)
    return box
