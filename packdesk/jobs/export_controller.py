"""Writes designs to files beside the window, and reads what preflight has to know."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from packdesk.jobs.exporting import export_design
from packdesk.jobs.one_order import OneOrder

if TYPE_CHECKING:
    import threading
    from collections.abc import Mapping

    from packdesk.domain.preflight import PictureFacts
    from packdesk.domain.state import PackagingState
    from packdesk.jobs.bridge import Bridge
    from packdesk.jobs.exporting import Exported, ExportOrder
    from packdesk.services.container import Services


class _StoppedError(Exception):
    """The user wants the export no longer; it goes no further than its writer."""


class ExportController(OneOrder):
    """One export at a time.

    Signals:
        exported: an `Exported`.
        examined: a mapping of `PictureFacts` by panel, of the state that was asked about last.
    """

    exported = Signal(object)
    examined = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(bridge, parent)
        self._examined: PackagingState | None = None

    def start(self, order: ExportOrder) -> None:
        """Write a file, unless one is being written."""
        self._begin(partial(self._export, order))

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


async def _facts(state: PackagingState, services: Services) -> Mapping[str, PictureFacts]:
    from packdesk.services.collecting import picture_facts  # noqa: PLC0415  (the first frame needs no services)

    return await picture_facts(state, services.pictures)
