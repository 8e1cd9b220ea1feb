"""The lower end of a dialog that writes files: progress, what became of it, and the buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from packdesk.domain.text import cut
from packdesk.ui.parts import button, label, restyle, tip

if TYPE_CHECKING:
    from pathlib import Path

RESULT_LENGTH = 160
PROGRESS_WIDTH = 220


class WritingRow(QWidget):
    """Whether something is being written, and where it is then.

    Args:
        start: what stands on the button that begins.
        counted: says how many steps of how many are done, where they are worth counting.

    Signals:
        wanted: begin.
        cancelled: what is being written is not wanted.
        folder_wanted: show the folder of the file (`Path`) that was written last.
    """

    wanted = Signal()
    cancelled = Signal()
    folder_wanted = Signal(object)

    def __init__(self, start: str, counted: str = "") -> None:
        super().__init__()
        self._counted = counted
        self._written: Path | None = None
        self._running, self._possible = False, True
        self.progress = QProgressBar()
        self.cancel_button = button(self.tr("Cancel"))
        self.told = label("", wrap=True)
        self.folder_button = button(self.tr("Show in folder"))
        self.close_button = button(self.tr("Close"))
        self.start_button = button(start, kind="primary")
        self._place()
        self.cancel_button.clicked.connect(self.cancelled)
        self.folder_button.clicked.connect(self._on_folder)
        self.start_button.clicked.connect(self.wanted)
        self.show_running(running=False)

    def show_running(self, *, running: bool) -> None:
        """Show whether something is being written; what was told before is over then."""
        self._running = running
        for widget in (self.progress, self.cancel_button):
            widget.setVisible(running)
        self.progress.setRange(0, 0)
        self.show_result("")
        self._show_start()

    def show_progress(self, done: int, total: int) -> None:
        """How many steps of how many are done; what was cancelled may still tell of one."""
        if not self._running:
            return
        self.progress.setRange(0, total if done else 0)
        self.progress.setValue(done)
        self.told.setText(self._counted.format(done, total) if total > 1 else "")

    def show_result(self, text: str, *, file: Path | None = None, failed: bool = False) -> None:
        """What became of it: where the file is, or why there is none; nothing with an empty text.

        Without a file, and where nothing failed, it was not wanted any more.
        """
        self._written = file
        self.told.setText(cut(text, RESULT_LENGTH))
        self.told.setToolTip(tip(text))
        self.told.setProperty("role", "error" if failed else "good" if file else "")
        restyle(self.told)
        self.folder_button.setVisible(file is not None)

    @Slot()
    def forget(self) -> None:
        """Something else is chosen: what became of the one before is told no longer."""
        if not self._running:
            self.show_result("")

    def allow(self, possible: bool, reason: str = "") -> None:  # noqa: FBT001  (its only question)
        """Whether there is anything to write, and else why not."""
        self._possible = possible
        self.start_button.setToolTip("" if possible else reason)
        self._show_start()

    def _show_start(self) -> None:
        self.start_button.setEnabled(self._possible and not self._running)

    @Slot()
    def _on_folder(self) -> None:
        self.folder_wanted.emit(self._written)

    def _place(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(PROGRESS_WIDTH)
        self.progress.setAccessibleName(self.tr("Progress"))
        row.addWidget(self.progress)
        row.addWidget(self.cancel_button)
        row.addWidget(self.told, 1)
        for one in (self.folder_button, self.close_button, self.start_button):
            row.addWidget(one)
        for one in (self.cancel_button, self.folder_button, self.close_button, self.start_button):
            one.setAutoDefault(False)  # Enter belongs to the fields
