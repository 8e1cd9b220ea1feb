"""Ranges from the window: the dialog, what it asks, and what is answered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from packdesk.ui.theme import LIGHT
from packdesk.ui.window.saved import show_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from packdesk.domain.appearance import Appearance
    from packdesk.domain.ranges.messages import Ended, Planned
    from packdesk.domain.state import PackagingState
    from packdesk.jobs.session import Session
    from packdesk.ui.actions import WindowActions
    from packdesk.ui.dialogs.range_dialog import RangeDialog
    from packdesk.ui.theme import Theme

REST_MS = 250


class RangeCommands(QObject):
    """Opens the dialog, and asks a process what becomes of what is set there.

    Args:
        session: has the design in the window.
        actions: of the window.
        above: dialogs open above it.
        shown: how that design is shown.

    Attributes:
        dialog: made when it is opened first.

    Signals:
        asked: a message of `domain.ranges.messages`.
        closed: the dialog is, and nothing is being made.
        opened: the dialog is shown.
        progressed: how far a range that is being made is, in words.
        ended: what became of it, in words, and whether some of it failed.
        kept: the window stays open, for somebody wants the range to go on.
    """

    asked = Signal(object)
    closed = Signal()
    opened = Signal()
    progressed = Signal(str)
    ended = Signal(str, bool)
    kept = Signal()

    def __init__(
        self, session: Session, actions: WindowActions, above: QWidget, shown: Callable[[], Appearance]
    ) -> None:
        super().__init__(above)
        self.dialog: RangeDialog | None = None
        self.running = self._let_go = False
        self._session, self._shown = session, shown
        self._above, self._theme = above, LIGHT
        self._base: object = None
        self._number = 0
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._look)
        actions["range"].triggered.connect(self.open)

    @property
    def holds(self) -> bool:
        """Whether somebody has to be asked before the window closes."""
        return self.running and not self._let_go

    @property
    def seen(self) -> bool:
        """Whether the dialog is shown."""
        return self.dialog is not None and self.dialog.isVisible()

    @Slot()
    def let_go(self) -> None:
        """Whatever is being made may end with the window."""
        self._let_go = True

    def base(self) -> tuple[PackagingState, Appearance]:
        """The design in the window, however it is turned."""
        return self._session.state, replace(self._shown(), view=None)

    def set_theme(self, theme: Theme) -> None:
        """Apply the theme to the dialog."""
        self._theme = theme
        if self.dialog is not None:
            self.dialog.set_theme(theme)

    @Slot()
    def open(self) -> None:
        """Show the dialog."""
        dialog = self.dialog or self._made()
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        self.opened.emit()
        if not self.running:
            self.look_again()

    @Slot(object)
    def open_table(self, file: Path) -> None:
        """Show the dialog with a table; while a range is made it goes on with that one."""
        self.open()
        if not self.running and self.dialog is not None:
            self.dialog.source.use_table(file)

    @Slot()
    def follow(self) -> None:
        """The design in the window is another: it may be the base design."""
        dialog = self.dialog
        own = dialog is not None and dialog.isVisible() and dialog.source.design is None
        if own and self._base != self.base():
            self.look_again()

    @Slot()
    def look_again(self) -> None:
        """Have the table looked through, once nothing is typed."""
        if self.dialog is not None and not self.running and self.dialog.wish() is not None:
            self.dialog.show_looking()
            self._number += 1  # what is answered to earlier questions is for nobody
            self._rest.start()

    @Slot(object)
    def answer(self, answered: Any) -> None:
        """A message of the process."""
        if self.dialog is None:
            return
        if answered.kind == "planned":
            self._show_planned(answered)
        elif answered.kind == "page":
            self.dialog.show_page(answered)
        elif answered.kind == "step":
            self.dialog.show_step(answered)
            self.progressed.emit(self.dialog.writing.told.text())
        elif answered.kind == "ended":
            self._end(answered, self.dialog)

    def _end(self, ended: Ended, dialog: RangeDialog) -> None:
        self.running = False
        words, failed = dialog.show_ended(ended)
        self.ended.emit(words, failed)
        if ended.outdated and self.seen:
            self.look_again()
        if not self.seen:
            self.closed.emit()

    @Slot(object, object)
    def show_seen(self, seen: Any, image: QImage) -> None:
        """A row was drawn."""
        if self.dialog is not None:
            self.dialog.show_seen(seen, image)

    def _show_planned(self, planned: Planned) -> None:
        if planned.number == self._number and self.dialog is not None and not self.running:
            self.dialog.show_planned(planned)

    def _made(self) -> RangeDialog:
        from packdesk.ui.dialogs.range_dialog import RangeDialog  # noqa: PLC0415  (the window starts without it)

        dialog = self.dialog = RangeDialog(self._above)
        dialog.set_theme(self._theme)
        dialog.edited.connect(self.look_again)
        dialog.row_chosen.connect(self._see)
        dialog.page_wanted.connect(self._fetch)
        dialog.make_wanted.connect(self._make)
        dialog.writing.cancelled.connect(self._cancel)
        dialog.writing.folder_wanted.connect(show_folder)
        dialog.finished.connect(self._on_closed)
        return dialog

    @Slot()
    def _look(self) -> None:
        from packdesk.domain.ranges.messages import Plan  # noqa: PLC0415  (as above)

        if self.dialog is None or self.running or (wish := self.dialog.wish()) is None:
            return
        self._base = self.base()
        self.asked.emit(Plan(number=self._number, wish=wish, row=self.dialog.table.place))

    @Slot(int)
    def _see(self, place: int) -> None:
        from packdesk.domain.ranges.messages import Preview  # noqa: PLC0415  (as above)

        self.asked.emit(Preview(row=place))

    @Slot(int)
    def _fetch(self, first: int) -> None:
        from packdesk.domain.ranges.messages import Rows  # noqa: PLC0415  (as above)

        self.asked.emit(Rows(first=first))

    @Slot()
    def _make(self) -> None:
        from packdesk.domain.ranges.messages import Make  # noqa: PLC0415  (as above)

        assert self.dialog is not None, "it asks"
        if not self.running:
            self.running = True
            self.dialog.show_running(running=True)
            self.progressed.emit(self.dialog.writing.told.text())
            self.asked.emit(Make(number=self._number, limit=self.dialog.limit))

    @Slot()
    def _cancel(self) -> None:
        from packdesk.domain.ranges.messages import Cancel  # noqa: PLC0415  (as above)

        self.asked.emit(Cancel())

    @Slot()
    def _on_closed(self) -> None:
        if not self.running:
            self._rest.stop()
            self.closed.emit()
