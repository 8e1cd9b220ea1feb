"""Writes designs to files beside the window, and reads what preflight has to know."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from packdesk.jobs.exporting import export_design
from packdesk.services.collecting import picture_facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packdesk.domain.preflight import PictureFacts
    from packdesk.domain.state import PackagingState
    from packdesk.errors import PackdeskError
    from packdesk.jobs.calls import Calls
    from packdesk.jobs.exporting import Exported, ExportOrder
    from packdesk.services.bundle import Services


class _StoppedError(Exception):
    """The user wants the export no longer; it goes no further than its writer."""


class ExportDesk(QObject):
    """One export at a time.

    Signals:
        progressed: how many steps of how many are done.
        exported: an `Exported`.
        ended: an export has ended, in whatever way.
        failed: a `PackdeskError`.
        examined: a mapping of `PictureFacts` by panel, of the state that was asked about last.
    """

    progressed = Signal(int, int)
    exported = Signal(object)
    ended = Signal()
    failed = Signal(object)
    examined = Signal(object)

    def __init__(self, calls: Calls, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls = calls
        self._services = services
        self._stop: threading.Event | None = None
        self._asked: PackagingState | None = None

    @property
    def running(self) -> bool:
        """Whether a file is being written."""
        return self._stop is not None

    def start(self, order: ExportOrder) -> None:
        """Write a file, unless one is being written."""
        if self._stop is None:
            self._stop = threading.Event()
            work = self._export(order, self._stop)
            self._calls.start(work, self._on_done, self._on_failed, self._end)

    def cancel(self) -> None:
        """Stop at the writer's next step; nothing is left of the file. A writer without steps goes on."""
        if self._stop is not None:
            self._stop.set()

    def examine(self, state: PackagingState) -> None:
        """Read what preflight has to know of a design's pictures."""
        self._asked = state
        work = picture_facts(state, self._services.pictures)
        self._calls.start(work, partial(self._on_facts, state), self.failed.emit)

    async def _export(self, order: ExportOrder, stop: threading.Event) -> Exported | None:
        def tell(done: int, total: int) -> None:  # in a worker
            if stop.is_set() and done < total:  # after the last step the file is there
                raise _StoppedError
            self.progressed.emit(done, total)

        try:
            return await export_design(self._services, order, tell)
        except _StoppedError:
            return None

    def _on_facts(self, state: PackagingState, facts: Mapping[str, PictureFacts]) -> None:
        if state is self._asked:  # else a newer question is on its way
            self.examined.emit(facts)

    def _on_done(self, exported: Exported | None) -> None:
        self._end()
        if exported is not None:
            self.exported.emit(exported)

    def _on_failed(self, error: PackdeskError) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        self._stop = None
        self.ended.emit()
