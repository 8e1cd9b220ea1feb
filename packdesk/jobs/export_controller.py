"""Writes designs to files beside the window, and reads what preflight has to know."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from packdesk.jobs.exporting import export_design

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packdesk.domain.preflight import PictureFacts
    from packdesk.domain.state import PackagingState
    from packdesk.errors import PackdeskError
    from packdesk.jobs.bridge import Bridge
    from packdesk.jobs.exporting import Exported, ExportOrder
    from packdesk.services.container import Services


class _StoppedError(Exception):
    """The user wants the export no longer; it goes no further than its writer."""


class ExportController(QObject):
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

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._stop: threading.Event | None = None
        self._examined: PackagingState | None = None

    @property
    def running(self) -> bool:
        """Whether a file is being written."""
        return self._stop is not None

    def start(self, order: ExportOrder) -> None:
        """Write a file, unless one is being written."""
        if self._stop is None:
            self._stop = threading.Event()
            self._bridge.start(self._export(order, self._stop), self._fail)

    def cancel(self) -> None:
        """Stop at the writer's next step; nothing is left of the file. A writer without steps goes on."""
        if self._stop is not None:
            self._stop.set()

    def examine(self, state: PackagingState) -> None:
        """Read what preflight has to know of a design's pictures."""
        self._examined = state
        self._bridge.start(self._examine(state), self.failed.emit)

    async def _export(self, order: ExportOrder, stop: threading.Event) -> None:
        exported = await self._bridge.ask(partial(self._written, order, stop))
        self._end()
        if exported is not None:
            self.exported.emit(exported)

    async def _written(
        self, order: ExportOrder, stop: threading.Event, services: Services
    ) -> Exported | None:
        def count(done: int, total: int) -> None:  # in a worker
            if stop.is_set() and done < total:  # after the last step the file is there
                raise _StoppedError
            self.progressed.emit(done, total)

        try:
            return await export_design(services, order, count)
        except _StoppedError:
            return None

    async def _examine(self, state: PackagingState) -> None:
        facts = await self._bridge.ask(partial(_facts, state))
        if state is self._examined:  # else a newer question is on its way
            self.examined.emit(facts)

    def _fail(self, error: PackdeskError) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        self._stop = None
        self.ended.emit()


async def _facts(state: PackagingState, services: Services) -> Mapping[str, PictureFacts]:
    from packdesk.services.collecting import picture_facts  # noqa: PLC0415  (the first frame needs no services)

    return await picture_facts(state, services.pictures)
