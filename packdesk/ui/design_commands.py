"""Opening designs from files: by menu, from the recent ones, or dropped on the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from packdesk.domain.text import cut
from packdesk.export.writing import ExportFormat
from packdesk.jobs.recent_files import RecentFiles
from packdesk.ui.translation import translate

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from packdesk.jobs.session import Session
    from packdesk.ui.main_window import MainWindow

NAME_LENGTH = 120
ENDING = f".{ExportFormat.BUNDLE.value}"


class DesignCommands(QObject):
    """Opens bundles, and asks first where artwork would give way to one."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self.recent = RecentFiles(session.bridge, self)
        self.drops = BundleDrops(window)
        bundles = session.bundles
        window.actions_["open"].triggered.connect(self.choose)
        window.recent_menu.chosen.connect(self.open)
        window.recent_menu.aboutToShow.connect(self.recent.refresh)
        window.recent_menu.cleared.connect(self.recent.clear)
        self.recent.changed.connect(self._show_recent)
        self.drops.dropped.connect(self.open)
        bundles.opened.connect(self._on_opened)
        bundles.refused.connect(self.recent.refresh)
        self._show_recent()

    @Slot()
    def choose(self) -> None:
        """Let the user choose a bundle and open it."""
        kinds = self.tr("packdesk designs (*.packdesk)")
        file, _ = QFileDialog.getOpenFileName(self._window, self.tr("Open a design"), "", kinds)
        if file:
            self.open(Path(file))

    @Slot(object)
    def open(self, file: Path) -> None:
        """Open a bundle; where the current design has artwork, once the user agrees."""
        if not self._session.state.panel_textures:
            self._session.bundles.open(file)
            return
        question = open_question(self._window, file)
        question.accepted.connect(lambda: self._session.bundles.open(file))
        question.open()

    @Slot(object)
    def remember(self, file: Path) -> None:
        """A bundle was opened or saved."""
        self.recent.add(file.absolute())

    @property
    def _window(self) -> MainWindow:
        return self.parent()  # type: ignore[return-value]  # see __init__

    @Slot(object)
    def _on_opened(self, file: Path) -> None:
        self._window.news.forget_design()
        self.remember(file)

    @Slot()
    def _show_recent(self) -> None:
        self._window.recent_menu.show_files(self.recent.files)


class BundleDrops(QObject):
    """Takes bundles dropped anywhere on a window, before the parts that take other things.

    Signals:
        dropped: the file (`Path`).
    """

    dropped = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        for widget in [window, *window.findChildren(QWidget)]:
            if widget.acceptDrops():
                widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Take bundles, leave everything else."""
        del watched
        if not isinstance(event, QDropEvent):  # entering and moving are drops to Qt
            return False
        file = dropped_bundle(event.mimeData())
        if file is None:
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self.dropped.emit(file)
        return True


def dropped_bundle(data: QMimeData) -> Path | None:
    """The first bundle among what is dragged, judged by its name only."""
    for url in data.urls():
        if url.isLocalFile() and url.toLocalFile().lower().endswith(ENDING):
            return Path(url.toLocalFile())
    return None


def open_question(parent: QWidget, file: Path) -> QMessageBox:
    """A message box, not yet open; `accepted` when the artwork of the current design may be lost."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(translate("open", "Open a design"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(
        translate("open", "Open “{0}” in place of the current design?").format(cut(file.name, NAME_LENGTH))
    )
    box.setInformativeText(
        translate("open", "The artwork of the current design is replaced. Undo brings it back.")
    )
    go = box.addButton(translate("open", "Open"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(go)
    return box
