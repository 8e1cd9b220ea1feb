"""A design that is gone from the store while it is shown: put back, or given up."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from packdesk.domain.change import difference

if TYPE_CHECKING:
    from packdesk.domain.state import PackagingState
    from packdesk.jobs.calls import Calls
    from packdesk.services.designs import DesignService


class Vanished(QObject):
    """Notices it whenever the store was read, and does what the user says.

    Signals:
        changed: whether the design is gone.
        changed_here: the `DesignChange` of giving it up.
        taken: the state that stands after it was put back, or given up.
        failed: a `PackdeskError`.
    """

    changed = Signal(bool)
    changed_here = Signal(object)
    taken = Signal(object)
    failed = Signal(object)

    def __init__(self, calls: Calls, designs: DesignService, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls = calls
        self._designs = designs
        self._gone = False

    @Slot()
    def look(self) -> None:
        """The store was read."""
        if self._designs.gone != self._gone:
            self._gone = self._designs.gone
            self.changed.emit(self._gone)

    @Slot()
    def put_back(self) -> None:
        """Store the design again as it is shown."""
        self._calls.start(self._designs.put_back(), self._on_settled, self.failed.emit)

    def start_anew(self, shown: PackagingState) -> None:
        """Show the default design instead of the one that is shown; undo brings that back."""
        self._calls.start(self._designs.start_anew(), partial(self._on_given_up, shown), self.failed.emit)

    def _on_given_up(self, shown: PackagingState, state: PackagingState) -> None:
        self._on_settled(state)
        change = difference("new design", shown, state)
        if change is not None:
            self.changed_here.emit(change)

    def _on_settled(self, state: PackagingState) -> None:
        self._gone = False
        self.changed.emit(self._gone)
        self.taken.emit(state)
