"""Designs from files, and from other layouts in the store, that become the current design."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from packdesk.domain.change import difference
from packdesk.domain.handover import damaged, incomplete
from packdesk.errors import PackdeskError

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.jobs.bridge import Bridge
    from packdesk.jobs.size_saver import SizeSaver
    from packdesk.services.bundles import OpenedBundle
    from packdesk.services.container import Services
    from packdesk.store.shelf import ShelvedDesign


class BundleController(QObject):
    """Opens one bundle after the other, once no size waits to be written: undo brings that size back, too.

    Signals:
        opened: the file (`Path`).
        replaced: what stood in the store in another layout is the current design now.
        design_changed: another design is the current one; its state.
        changed_here: the `DesignChange` that opening a file was.
        refused: the file that could not be opened; `failed` tells why.
        failed: a `PackdeskError`, also about what could not be read of a bundle that was opened.
    """

    opened = Signal(object)
    replaced = Signal()
    design_changed = Signal(object)
    changed_here = Signal(object)
    refused = Signal(object)
    failed = Signal(object)

    def __init__(self, bridge: Bridge, saver: SizeSaver, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._saver = saver

    def open(self, file: Path) -> None:
        """Make a bundle the current design; whoever calls has made sure that its artwork may be lost."""
        self._bridge.start(self._open(file), self.failed.emit)

    def open_shelved(self, design: ShelvedDesign) -> None:
        """Make a design of this machine the current one of a shared store."""
        self._bridge.start(self._open_shelved(design), self.failed.emit)

    def open_stored(self) -> None:
        """Make what stands in the store in another layout the current design."""
        self._bridge.start(self._open_stored(), self.failed.emit)

    async def _open(self, file: Path) -> None:
        await self._saver.settled()
        try:
            opened = await self._bridge.ask(
                lambda services: services.bundles.open(file, replace_artwork=True)
            )
        except PackdeskError as error:
            self.failed.emit(error)
            self.refused.emit(file)
            return
        self._tell_replaced(opened)
        self.opened.emit(file)
        if opened.damages:
            self.failed.emit(damaged(opened.damages))

    async def _open_shelved(self, design: ShelvedDesign) -> None:
        await self._saver.settled()
        self._tell_replaced(await self._bridge.ask(partial(_put_in_place, design)))
        self.replaced.emit()

    def _tell_replaced(self, opened: OpenedBundle) -> None:
        self.design_changed.emit(opened.state)
        change = difference("opened design", opened.before, opened.state)
        if change is not None:
            self.changed_here.emit(change)

    async def _open_stored(self) -> None:
        opened = await self._bridge.ask(lambda services: services.documents.open_key(replace_artwork=True))
        self.design_changed.emit(opened.state)
        self.replaced.emit()
        if opened.damages:
            self.failed.emit(incomplete(opened.damages))


async def _put_in_place(design: ShelvedDesign, services: Services) -> OpenedBundle:
    state = await services.shelf.state_of(design)
    opened = await services.bundles.put_in_place(state, (), replace_artwork=True)
    await services.shelf.carry(design, opened.state)
    return opened
