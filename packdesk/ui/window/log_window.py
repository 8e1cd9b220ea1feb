"""What the program notes while it runs, for those who look."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPlainTextEdit, QWidget

from packdesk.domain.text import PlainFormatter
from packdesk.ui.parts import MARGIN, button, column

KEPT_LINES = 2000


class LogNotes(QObject):
    """A log handler's door to the GUI thread: a signal carries each line over.

    Signals:
        noted: one line.
    """

    noted = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[str] = []
        self._handler = _Handler(self)
        self.noted.connect(self._keep)
        logging.getLogger().addHandler(self._handler)

    def close(self) -> None:
        """Listen no longer."""
        logging.getLogger().removeHandler(self._handler)

    @Slot(str)
    def _keep(self, line: str) -> None:
        self.lines.append(line)
        del self.lines[:-KEPT_LINES]


class _Handler(logging.Handler):
    def __init__(self, notes: LogNotes) -> None:
        super().__init__(logging.INFO)
        self._notes = notes
        self.setFormatter(PlainFormatter("%(asctime)s  %(levelname)s  %(name)s: %(message)s", "%H:%M:%S"))

    def emit(self, record: logging.LogRecord) -> None:
        """Pass a record on; called on any thread."""
        self._notes.noted.emit(self.format(record))


class LogWindow(QDialog):
    """Shows the lines, the newest at the bottom."""

    def __init__(self, notes: LogNotes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Log"))
        self.resize(760, 420)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setMaximumBlockCount(KEPT_LINES)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName(self.tr("Log"))
        self.text.setPlaceholderText(self.tr("The log is empty."))
        copy = button(self.tr("Copy all"))
        copy.clicked.connect(self._copy)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(copy)
        layout = column(self, margin=MARGIN, gap=10)
        layout.addWidget(self.text, 1)
        layout.addLayout(row)
        for line in notes.lines:
            self.text.appendPlainText(line)
        notes.noted.connect(self._add)

    @Slot(str)
    def _add(self, line: str) -> None:
        self.text.appendPlainText(line)
        self.text.moveCursor(QTextCursor.MoveOperation.End)

    @Slot()
    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text.toPlainText())
