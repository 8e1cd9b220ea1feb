"""Opening designs and answers of reviewers: by menu, from the recent files, or dropped on the window."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from packdesk.jobs.recent_files import ENDING
from packdesk.ui.dropping import dropped_table, last_folder, noted
from packdesk.ui.window.questions import open_question

ANSWER_ENDING = ".json"

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
        answers_wanted: files with answers of reviewers, a list of `Path`.
    """

    wanted = Signal(object)
    answers_wanted = Signal(object)

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
        """Let the user choose a bundle or an answer, and open it."""
        kinds = self.tr("Designs and answers of reviewers (*.packdesk *.json)")
        file, _ = QFileDialog.getOpenFileName(self._above, self.tr("Open a file"), last_folder(), kinds)
        if file:
            self.open(noted(Path(file)))

    @Slot(object)
    def open(self, file: Path) -> None:
        """Open a bundle, once the user agrees where there is artwork; an answer is only added."""
        if is_answer(file):
            self.answers_wanted.emit([file])
        elif not self.has_artwork:
            self.wanted.emit(file)
        else:
            question = open_question(self._above, file)
            question.accepted.connect(partial(self.wanted.emit, file))
            question.open()


class BundleDrops(QObject):
    """Takes bundles, answers and tables dropped anywhere on a window, before parts that take other things.

    Signals:
        dropped: a bundle or an answer (`Path`), one after the other.
        table_dropped: a table (`Path`).
    """

    dropped = Signal(object)
    table_dropped = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        for widget in [window, *window.findChildren(QWidget)]:
            if widget.acceptDrops():
                widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Take bundles and answers, leave everything else."""
        del watched
        if not isinstance(event, QDropEvent):  # entering and moving are drops to Qt
            return False
        files, table = dropped_files(event.mimeData()), dropped_table(event.mimeData())
        if not files and table is None:
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            for file in files:
                self.dropped.emit(file)
            if not files:
                self.table_dropped.emit(table)
        return True


def is_answer(file: Path) -> bool:
    """Whether a file may be a reviewer's answer, judged by its name only."""
    return file.suffix.lower() == ANSWER_ENDING


def dropped_files(data: QMimeData) -> list[Path]:
    """The first bundle among what is dragged, else all that may be answers; judged by their names only."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    bundles = [file for file in files if file.name.lower().endswith(ENDING)]
    return bundles[:1] or [file for file in files if is_answer(file)]
