"""A supplier's dieline under ours: read, kept on this machine, and compared with the blank that is shown."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.differing import Comparison
    from packdesk.domain.supplied import Overlay, Placement
    from packdesk.jobs.bridge import Bridge, Call, Task
    from packdesk.services.container import Services

REST_MS = 120
"""A size that is dragged is compared when it rests that long."""


class OverlayController(QObject):
    """Holds the overlay of the design; what blocks is done in workers.

    Signals:
        changed: the `Comparison` to show, or None for no overlay.
        opened: a dieline has come in from a file.
        reading: whether a file is being read.
        failed: a `PackdeskError`.
    """

    changed = Signal(object)
    opened = Signal()
    reading = Signal(bool)
    failed = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._overlay: Overlay | None = None
        self._dieline: Dieline | None = None
        self._comparing: Task | None = None
        self._writing: Call[object] | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._compare)
        self._keeping = QTimer(self, singleShot=True, interval=REST_MS)
        self._keeping.timeout.connect(self._keep)

    @Slot()
    def begin(self) -> None:
        """Show what was kept for this design."""
        self._bridge.start(self._recall(), self.failed.emit)

    @Slot(object)
    def follow_dieline(self, dieline: Dieline) -> None:
        """Another blank is shown."""
        self._dieline = dieline
        if self._overlay is not None:
            self._rest.start()

    @Slot(object)
    def open(self, file: Path) -> None:
        """Lay the dieline in a file under ours."""
        self._bridge.start(self._open(file), self.failed.emit)

    @Slot(object)
    def place(self, placement: Placement) -> None:
        """Have it lie otherwise."""
        if self._overlay is not None:
            self._set(replace(self._overlay, placement=placement))

    @Slot(float)
    def fade(self, opacity: float) -> None:
        """Show it more or less."""
        if self._overlay is not None:
            self._set(replace(self._overlay, opacity=opacity))

    @Slot()
    def take_off(self) -> None:
        """Lay nothing under ours."""
        self._set(None)

    def finish(self, seconds: float) -> None:
        """Wait for what is being kept."""
        if self._keeping.isActive():
            self._keeping.stop()
            self._keep()
        if self._writing is not None:
            self._writing.wait(seconds)

    def _set(self, overlay: Overlay | None) -> None:
        self._overlay = overlay
        self._keeping.start()
        self._compare()

    async def _recall(self) -> None:
        kept = await self._bridge.ask(_kept)
        if kept is not None and self._overlay is None:
            self._overlay = kept
            self._compare()

    async def _open(self, file: Path) -> None:
        from packdesk.dielines.reading import read_dieline  # noqa: PLC0415  (seldom needed)
        from packdesk.domain.supplied import Overlay  # noqa: PLC0415  (likewise)

        self._tell(reading=True)
        try:
            dieline = await self._bridge.work(read_dieline, file)
        finally:
            self._tell(reading=False)
        self._set(Overlay(dieline))
        self.opened.emit()

    def _tell(self, *, reading: bool) -> None:
        self.reading.emit(reading)

    @Slot()
    def _compare(self) -> None:
        if self._comparing is not None:
            self._comparing.close()
        if self._overlay is None:
            self.changed.emit(None)
        elif self._dieline is not None:
            self._comparing = self._bridge.start(
                self._compared(self._overlay, self._dieline), self.failed.emit
            )

    async def _compared(self, overlay: Overlay, dieline: Dieline) -> None:
        from packdesk.domain.differing import compared  # noqa: PLC0415  (seldom needed)

        found: Comparison = await self._bridge.work(compared, overlay, dieline)
        self.changed.emit(found)

    @Slot()
    def _keep(self) -> None:
        self._writing = self._bridge.tell(partial(_write, self._overlay), self.failed.emit)


async def _kept(services: Services) -> Overlay | None:
    import asyncio  # noqa: PLC0415  (the first frame does without)

    return await asyncio.to_thread(services.overlay.read)


async def _write(overlay: Overlay | None, services: Services) -> None:
    import asyncio  # noqa: PLC0415  (as above)

    await asyncio.to_thread(services.overlay.write, overlay)
