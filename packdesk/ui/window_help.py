"""The Help menu: the cheat sheet, the log, and what packdesk is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from packdesk import __version__
from packdesk.ui.cheat_sheet import CheatSheet
from packdesk.ui.log_window import LogNotes, LogWindow

if TYPE_CHECKING:
    from packdesk.ui.actions import WindowActions


class WindowHelp(QObject):
    """Opens each of them once and brings it to the front again; `above` is the widget they open above."""

    def __init__(self, actions: WindowActions, above: QWidget) -> None:
        super().__init__(above)
        self._actions = actions
        self._above = above
        self.notes = LogNotes(self)
        self._dialogs: dict[str, QDialog] = {}
        actions["cheat_sheet"].triggered.connect(self.show_cheat_sheet)
        actions["log"].triggered.connect(self.show_log)
        actions["about"].triggered.connect(self.show_about)

    @Slot()
    def show_cheat_sheet(self) -> None:
        """Keys and mouse."""
        if "cheat sheet" not in self._dialogs:
            self._dialogs["cheat sheet"] = CheatSheet(self._actions, self._above)
        self._bring("cheat sheet")

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
