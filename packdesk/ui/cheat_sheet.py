"""Keys and mouse on one page, made from the actions themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QWidget

from packdesk.ui.parts import MARGIN, column, label

if TYPE_CHECKING:
    from packdesk.ui.actions import WindowActions

Row = tuple[str, str]


class CheatSheet(QDialog):
    """Two columns: what the keys do, and the mouse."""

    def __init__(self, actions: WindowActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard and mouse"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 24)
        layout.setSpacing(36)
        titles = {"file": self.tr("File"), "edit": self.tr("Edit"), "artwork": self.tr("Artwork")}
        left = [(title, _rows(actions, menu)) for menu, title in titles.items()]
        right = [(self.tr("View"), _rows(actions, "view")), (self.tr("Mouse"), self._mouse())]
        right.append((self.tr("Help"), _rows(actions, "help")))
        for groups in (left, right):
            layout.addWidget(_column(groups), 0, Qt.AlignmentFlag.AlignTop)

    def _mouse(self) -> list[Row]:
        return [
            (self.tr("Turn the package"), self.tr("Left drag")),
            (self.tr("Move it"), self.tr("Right drag, or Shift and left")),
            (self.tr("Zoom"), self.tr("Wheel")),
            (self.tr("Fit it into the view"), self.tr("Double click")),
            (self.tr("Select a panel"), self.tr("Click")),
            (self.tr("Commands for the panel"), self.tr("Right click")),
            (self.tr("Put a picture on it"), self.tr("Drop a file")),
        ]


def _rows(actions: WindowActions, menu: str) -> list[Row]:
    native = QKeySequence.SequenceFormat.NativeText
    return [
        (action.toolTip().partition(" (")[0], action.shortcut().toString(native))
        for _, action in actions.of_menu(menu)
        if not action.shortcut().isEmpty()
    ]


def _column(groups: list[tuple[str, list[Row]]]) -> QWidget:
    made = QWidget()
    layout = column(made, gap=MARGIN)
    for title, rows in groups:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(5)
        grid.addWidget(label(title, "heading"), 0, 0, 1, 2)
        for line, (what, how) in enumerate(rows, 1):
            grid.addWidget(label(what), line, 0)
            grid.addWidget(label(how, "key"), line, 1, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 1)
        layout.addLayout(grid)
    return made
