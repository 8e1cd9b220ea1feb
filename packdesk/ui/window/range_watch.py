"""A range that is made while its dialog is closed: followed, told at its end, and not ended unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Slot

from packdesk.ui.window.questions import end_range_question

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox, QToolButton, QWidget

    from packdesk.ui.view.message_bar import MessageBar
    from packdesk.ui.window.range_commands import RangeCommands

RANGE = "range"
"""What its messages are about."""


class RangeWatch(QObject):
    """Follows the commands of ranges for a window.

    Args:
        commands: make ranges.
        chip: shows how far one is, and opens its dialog.
        messages: of the window.
        window: its end would be the range's.
    """

    def __init__(
        self, commands: RangeCommands, chip: QToolButton, messages: MessageBar, window: QWidget
    ) -> None:
        super().__init__(window)
        self._commands, self._chip, self._messages, self._window = commands, chip, messages, window
        self._question: QMessageBox | None = None
        chip.clicked.connect(commands.open)
        commands.progressed.connect(self._on_progress)
        commands.ended.connect(self._on_end)
        commands.opened.connect(self._on_opened)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Ask before the window closes while a range is made."""
        if watched is not self._window or event.type() != QEvent.Type.Close or not self._commands.holds:
            return super().eventFilter(watched, event)
        event.ignore()
        self._ask()
        return True

    def _ask(self) -> None:
        if self._question is not None:
            self._question.raise_()
            return
        self._question = box = end_range_question(self._window)
        box.accepted.connect(self._end)
        box.rejected.connect(self._stay)
        box.open()

    @Slot()
    def _end(self) -> None:
        self._question = None
        self._commands.let_go()
        self._window.close()

    @Slot()
    def _stay(self) -> None:
        self._question = None
        self._commands.kept.emit()

    @Slot(str)
    def _on_progress(self, words: str) -> None:
        self._messages.end(RANGE)
        self._chip.setText(self.tr("◔ Range: {0}").format(words))
        self._chip.show()

    @Slot(str, bool)
    def _on_end(self, words: str, failed: bool) -> None:  # noqa: FBT001  (a slot)
        """It is told here where nobody sees the dialog."""
        self._chip.hide()
        if self._question is not None:
            self._question.reject()
        if not self._commands.seen:
            self._messages.show_text(
                self.tr("The range has ended: {0}").format(words),
                kind="error" if failed else "info",
                actions=((self.tr("Show the range"), self._commands.open),),
                cause=RANGE,
            )

    @Slot()
    def _on_opened(self) -> None:
        self._messages.end(RANGE)
