"""The one table from what can be done about a failure to the buttons that do it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from packdesk.errors import Way

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from packdesk.domain.order import GenerationOrder
    from packdesk.jobs.session import Session

    Button = tuple[str, Callable[[], None]]


class Ways(QObject):
    """Makes buttons.

    Signals:
        settings_wanted: show the settings.
        paint_here_wanted: have a `GenerationOrder` (or None) painted on this computer.
        prompt_wanted: the user wants to say it otherwise.
        details_wanted: show the log.
        copy_wanted: make what is reviewed the current design.
    """

    settings_wanted = Signal()
    paint_here_wanted = Signal(object)
    prompt_wanted = Signal()
    details_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session

    def buttons(self, ways: Iterable[Way], order: GenerationOrder | None = None) -> list[Button]:
        """A name and what it does, for each way; `order` is what is tried again."""
        table = self._table(order)
        return [table[way] for way in ways if way in table]

    def _table(self, order: GenerationOrder | None) -> dict[Way, Button]:
        session = self._session
        table: dict[Way, Button] = {
            Way.SETTINGS: (self.tr("Settings …"), self.settings_wanted.emit),
            Way.REWORD: (self.tr("Change the prompt"), self.prompt_wanted.emit),
            Way.NOT_GENERATING: (self.tr("Not generating any more"), session.flags.clear),
            Way.OPEN_ARTWORK: (self.tr("Open the artwork in it"), session.bundles.open_stored),
            Way.SET_ASIDE: (self.tr("Move it aside, start anew"), session.reset),
            Way.EDIT_COPY: (self.tr("Edit a copy"), self.copy_wanted.emit),
            Way.DETAILS: (self.tr("Details"), self.details_wanted.emit),
        }
        if order is not None:
            table[Way.TRY_AGAIN] = (self.tr("Try again"), partial(session.generation.generate, order))
            table[Way.PAINT_HERE] = (self.tr("Paint here"), partial(self.paint_here_wanted.emit, order))
        return table
