"""Bundles that become the current design."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from packdesk.domain.change import difference
from packdesk.services.bundles import damaged
from packdesk.services.documents import incomplete
from packdesk.store.base import KEY

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.errors import PackdeskError
    from packdesk.jobs.calls import Calls
    from packdesk.jobs.size_saver import SizeSaver
    from packdesk.services.bundle import Services
    from packdesk.services.bundles import OpenedBundle


class BundleDesk(QObject):
    """Opens one bundle after the other, once no size waits to be written: undo brings that size back, too.

    Signals:
        taken: the state after a bundle was opened.
        changed_here: the `DesignChange` that was.
        opened: the file (`Path`).
        replaced: what stood in the store in another layout is the current design now.
        refused: the file that could not be opened; `failed` tells why.
        failed: a `PackdeskError`, also about what could not be read of a bundle that was opened.
    """

    taken = Signal(object)
    changed_here = Signal(object)
    opened = Signal(object)
    replaced = Signal()
    refused = Signal(object)
    failed = Signal(object)

    def __init__(
        self, calls: Calls, services: Services, saver: SizeSaver, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._calls = calls
        self._bundles = services.bundles
        self._documents = services.documents
        self._saver = saver

    def open(self, file: Path) -> None:
        """Make a bundle the current design; whoever calls has made sure that its artwork may be lost."""
        self._saver.then(partial(self._start, file))

    def open_stored(self) -> None:
        """Make what stands in the store in another layout the current design."""
        work = self._documents.open_key(KEY, replace_artwork=True)
        self._calls.start(work, self._on_taken, self.failed.emit)

    def _start(self, file: Path) -> None:
        work = self._bundles.open(file, replace_artwork=True)
        self._calls.start(work, partial(self._on_opened, file), partial(self._on_failed, file))

    def _on_opened(self, file: Path, opened: OpenedBundle) -> None:
        change = difference("opened design", opened.before, opened.state)
        self.taken.emit(opened.state)
        if change is not None:
            self.changed_here.emit(change)
        self.opened.emit(file)
        if opened.damages:
            self.failed.emit(damaged(opened.damages))

    def _on_taken(self, opened: OpenedBundle) -> None:
        self.taken.emit(opened.state)
        self.replaced.emit()
        if opened.damages:
            self.failed.emit(incomplete(opened.damages))

    def _on_failed(self, file: Path, error: PackdeskError) -> None:
        self.failed.emit(error)
        self.refused.emit(file)
