"""Opening designs from files: by menu, from the recent ones, or dropped on the window."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from packdesk.jobs.recent_files import ENDING
from packdesk.ui.dropping import last_folder, noted
from packdesk.ui.window.questions import open_question

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from packdesk.domain.state import PackagingState
    from packdesk.ui.actions import WindowActions


class DesignCommands(QObject):
    """Asks which bundle to open, and first where artwork would give way to it; dialogs open above `above`.

    Attributes:
        has_artwork: the design that is shown has some.

    Signals:
        wanted: the file (`Path`) to open.
    """

    wanted = Signal(object)

    def __init__(self, actions: WindowActions, above: QWidget) -> None:
        super().__init__(above)
        self.has_artwork = False
        self._above = above
        actions["open"].triggered.connect(self.choose)

    @Slot(object)
    def follow_state(self, state: PackagingState) -> None:
        """Another design is shown."""
        self.has_artwork = bool(state.panel_textures)

    @Slot()
    def choose(self) -> None:
        """Let the user choose a bundle and open it."""
        kinds = self.tr("packdesk designs (*.packdesk)")
        file, _ = QFileDialog.getOpenFileName(self._above, self.tr("Open a design"), last_folder(), kinds)
        if file:
            self.open(noted(Path(file)))

    @Slot(object)
    def open(self, file: Path) -> None:
        """Open a bundle; where the current design has artwork, once the user agrees."""
        if not self.has_artwork:
            self.wanted.emit(file)
            return
        question = open_question(self._above, file)
        question.accepted.connect(partial(self.wanted.emit, file))
        question.open()


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
