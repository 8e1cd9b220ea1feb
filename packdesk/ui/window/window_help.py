"""The Help menu: the cheat sheet, the log, and what packdesk is."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QTextCursor
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QMenuBar,
    QMessageBox,
    QPlainTextEdit,
    QWidget,
)

from packdesk import __version__
from packdesk.domain.text import PlainFormatter
from packdesk.ui.objects.object_menu import object_keys
from packdesk.ui.parts import MARGIN, Scrolled, button, column, label
from packdesk.ui.screens import fit
from packdesk.ui.theme import LIGHT

if TYPE_CHECKING:
    from packdesk.ui.actions import WindowActions
    from packdesk.ui.theme import Theme


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
        ours = logging.getLogger("packdesk")
        if not ours.isEnabledFor(logging.INFO):
            ours.setLevel(logging.INFO)  # the terminal shows warnings only: its handler says so

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
        fit(self, QSize(760, 420))
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


Row = tuple[str, str]


class CheatSheet(QDialog):
    """Two columns: what the keys do, and the mouse."""

    def __init__(self, actions: WindowActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard and mouse"))
        content = QWidget()
        layout = QHBoxLayout(content)
        layout.setContentsMargins(24, 20, 24, 24)
        layout.setSpacing(36)
        titles = {"file": self.tr("File"), "edit": self.tr("Edit"), "artwork": self.tr("Artwork")}
        left = [(title, _rows(actions, menu)) for menu, title in titles.items()]
        right = [(self.tr("View"), _rows(actions, "view")), (self.tr("Mouse"), self._mouse())]
        right.append((self.tr("Help"), _rows(actions, "help")))
        right.append((self.tr("Objects that are chosen"), object_keys()))
        for groups in (left, right):
            layout.addWidget(_column(groups), 0, Qt.AlignmentFlag.AlignTop)
        column(self).addWidget(Scrolled(content, sideways=True))
        self.ensurePolished()
        fit(self, self.sizeHint())

    def _mouse(self) -> list[Row]:
        return [
            (self.tr("Turn the package"), self.tr("Left drag")),
            (self.tr("Move it"), self.tr("Right drag, or Shift and left")),
            (self.tr("Zoom"), self.tr("Wheel")),
            (self.tr("Fit it into the view"), self.tr("Double click")),
            (self.tr("Select a panel"), self.tr("Click")),
            (self.tr("Commands for the panel"), self.tr("Right click")),
            (self.tr("Put a picture on it"), self.tr("Drop a file")),
            (self.tr("Swap two panels; copy"), self.tr("Drag; with Ctrl")),
            (self.tr("Select several panels"), self.tr("Ctrl or Shift and click")),
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


class WindowHelp(QObject):
    """Opens each of them once and brings it to the front again; `above` is the widget they open above."""

    def __init__(self, actions: WindowActions, above: QWidget, menu_bar: QMenuBar) -> None:
        super().__init__(above)
        self._menu_bar = menu_bar
        self._actions = actions
        self._above = above
        self._theme = LIGHT
        self.notes = LogNotes(self)
        self._dialogs: dict[str, QDialog] = {}
        actions["cheat_sheet"].triggered.connect(self.show_cheat_sheet)
        actions["log"].triggered.connect(self.show_log)
        actions["palette"].triggered.connect(self.show_palette)
        actions["about"].triggered.connect(self.show_about)

    def set_theme(self, theme: Theme) -> None:
        """Paint in the theme's colours from the next time on."""
        self._theme = theme

    @Slot()
    def show_cheat_sheet(self) -> None:
        """Keys and mouse."""
        if "cheat sheet" not in self._dialogs:
            self._dialogs["cheat sheet"] = CheatSheet(self._actions, self._above)
        self._bring("cheat sheet")

    @Slot()
    def show_palette(self) -> None:
        """Commands, found by typing."""
        from packdesk.ui.dialogs.command_palette import CommandPalette  # noqa: PLC0415  (the window starts without it)

        palette = CommandPalette(self._actions, self._theme, self._above, self._menu_bar.actions())
        palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        palette.open()

    @Slot()
    def show_log(self) -> None:
        """What the program noted."""
        if "log" not in self._dialogs:
            self._dialogs["log"] = LogWindow(self.notes, self._above)
        self._bring("log")

    @Slot()
    def show_about(self) -> None:
        """Name, version, licences."""
        text = self.tr(
            "<b>packdesk {0}</b><p>Set a box or cylinder, have artwork made for each panel, see it in 3D.</p>"
            "<p>MIT licence. Fonts: Hanken Grotesk and Source Serif Pro, SIL Open Font License.</p>"
            "<p>Uses Qt and Qt for Python, copyright The Qt Company Ltd. and other contributors, unchanged "
            "and linked dynamically, under the GNU Lesser General Public License, version 3: "
            "<a href='https://www.gnu.org/licenses/lgpl-3.0.html'>gnu.org/licenses/lgpl-3.0</a>; sources: "
            "<a href='https://code.qt.io'>code.qt.io</a>.</p>"
        )
        QMessageBox.about(self._above, self.tr("About packdesk"), text.format(__version__))

    def close(self) -> None:
        """Listen no longer."""
        self.notes.close()

    def _bring(self, name: str) -> None:
        dialog = self._dialogs[name]
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
