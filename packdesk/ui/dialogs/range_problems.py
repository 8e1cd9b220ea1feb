"""What is wrong with rows, each with its place: cells that cannot be used, later rows that failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from packdesk.domain.text import cut
from packdesk.ui.spoken import spoken

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from packdesk.domain.ranges.messages import Planned, Problem, Step

MOST_SHOWN = 1000
_LETTERS = 600
_PLACE = Qt.ItemDataRole.UserRole


class ProblemList(QListWidget):
    """A line for each; walking through them shows each one's cell, and Enter goes there.

    Signals:
        place_shown: place of a row to be shown, and of its column, or -1 for the whole row.
        place_wanted: likewise, of one somebody wants to go to.
    """

    place_shown = Signal(int, int)
    place_wanted = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("problems")
        self.setAccessibleName(self.tr("What cannot be used"))
        self.setWordWrap(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)  # wraps anew
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.currentItemChanged.connect(self._show_place)
        self.itemClicked.connect(self._show_place)  # again, after the table was looked at elsewhere

    def show_problems(self, planned: Planned) -> None:
        """Show what is wrong with a table."""
        self.clear()
        self.setAccessibleName(self.tr("What cannot be used"))
        for one in planned.problems[:MOST_SHOWN]:
            words = f"{self._where(one)}: {spoken(one.told.sentence())} {spoken(one.remedy.sentence())}"
            self._add(words, one.place, one.column)
        if planned.count > self.count():
            self._add(self.tr("… and {0} more.").format(planned.count - self.count()), -1, -1)
        self.setVisible(self.count() > 0)

    def begin_failures(self) -> None:
        """Rows are being made: those that fail will stand here."""
        self.clear()
        self.setAccessibleName(self.tr("Rows that failed"))
        self.hide()

    def add_failure(self, step: Step, number: int) -> None:
        """A row has failed."""
        if self.count() < MOST_SHOWN:
            row = self.tr("Row {0}").format(number) + ", " if number else ""
            told = " ".join(map(spoken, (step.reason, *step.notes)))
            self._add(f"{row}{step.name}: {told}", step.place, -1)
        elif self.count() == MOST_SHOWN:
            self._add(self.tr("… and more: the report names them all."), -1, -1)

    def _where(self, one: Problem) -> str:
        row = self.tr("Row {0}").format(one.row) if one.row else ""
        heading = self.tr("column “{0}”").format(one.heading) if one.heading else ""
        return ", ".join(part for part in (row, heading) if part) or self.tr("Table")

    def _add(self, words: str, place: int, column: int) -> None:
        item = QListWidgetItem(cut(words, _LETTERS).strip(), self)
        item.setData(_PLACE, (place, column))
        self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Enter goes to the cell; a dialog would take it for its button."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
        elif (at := _place_of(self.currentItem())) is not None:
            self.place_wanted.emit(*at)

    @Slot(QListWidgetItem)
    def _show_place(self, item: QListWidgetItem | None) -> None:
        if (at := _place_of(item)) is not None:
            self.place_shown.emit(*at)


def _place_of(item: QListWidgetItem | None) -> tuple[int, int] | None:
    """Place of a row and column; None of a line that is about no row."""
    place, column = item.data(_PLACE) if item is not None else (-1, -1)
    return (place, column) if place >= 0 else None
