"""What pictures have cost this month, and what one costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from packdesk.ui.money import month_words, price_lines, set_aside_words
from packdesk.ui.parts import GAP, button, column, label, restyle
from packdesk.ui.spoken import error_text

if TYPE_CHECKING:
    from packdesk.domain.prices import PriceTable
    from packdesk.domain.spending import MonthReport
    from packdesk.errors import PackdeskError


class MonthLine(QWidget):
    """This month's sum."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = label("", wrap=True)
        self.notes = label("", "warning", wrap=True)
        layout = column(self, gap=3)
        layout.addWidget(self.words)
        layout.addWidget(self.notes)
        self.notes.hide()

    def show_month(self, month: MonthReport) -> None:
        """Show the sum."""
        self.words.setText(month_words(month))
        self._note("\n".join(set_aside_words(month)))

    @Slot(object)
    def show_problem(self, error: PackdeskError) -> None:
        """It cannot be told, and why."""
        self.words.setText("")
        self._note(error_text(error))

    def _note(self, text: str) -> None:
        self.notes.setText(text)
        self.notes.setVisible(bool(text))
        self.words.setVisible(bool(self.words.text()))


class PriceList(QWidget):
    """The prices by model and size, and a way to correct them.

    Signals:
        edit_wanted: the user wants to correct them.
    """

    edit_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = label("", "muted", wrap=True)
        self.edit_button = button(self.tr("Correct prices …"))
        self.edit_button.setToolTip(self.tr("Opens the file of prices in a text editor"))
        layout = column(self, gap=GAP)
        layout.addWidget(self.words)
        row = QHBoxLayout()
        row.addWidget(self.edit_button)
        row.addStretch(1)
        layout.addLayout(row)
        self.edit_button.clicked.connect(self.edit_wanted)

    def show_prices(self, table: PriceTable) -> None:
        """Show the table."""
        self._say("\n".join(price_lines(table)), "muted")

    @Slot(object)
    def show_problem(self, error: PackdeskError) -> None:
        """The table cannot be read, and why."""
        self._say(error_text(error), "error")

    def _say(self, text: str, role: str) -> None:
        self.words.setText(text)
        self.words.setProperty("role", role)
        restyle(self.words)
