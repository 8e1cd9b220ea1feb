"""Finishes on parts of panels, as the design keeps them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from packdesk.domain.appearance import Appearance
    from packdesk.domain.area_finish import AreaFinish
    from packdesk.jobs.bridge import Bridge
    from packdesk.services.container import Services


class AreaController(QObject):
    """Tells which there are, and keeps others.

    Attributes:
        areas: of all panels.

    Signals:
        changed: they are others (a tuple of `AreaFinish`).
        failed: why they cannot be kept (a `PackdeskError`).
    """

    changed = Signal(object)
    failed = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.areas: tuple[AreaFinish, ...] = ()

    @Slot(object)
    def show(self, appearance: Appearance) -> None:
        """A design is shown so."""
        if appearance.areas != self.areas:
            self.areas = appearance.areas
            self.changed.emit(self.areas)

    def keep(self, areas: tuple[AreaFinish, ...]) -> None:
        """These are those of the design from now on."""
        if areas != self.areas:
            self.areas = areas
            self.changed.emit(areas)
            self._bridge.tell(partial(_keep, areas), self.failed.emit)


async def _keep(areas: tuple[AreaFinish, ...], services: Services) -> Appearance:
    import asyncio  # noqa: PLC0415  (the first frame does without)
    from dataclasses import replace  # noqa: PLC0415  (likewise)

    return await asyncio.to_thread(services.appearance.change, lambda kept: replace(kept, areas=areas))
