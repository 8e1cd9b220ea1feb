"""Saving sizes while a slider moves: a few times a second, and the last value always."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from packdesk.errors import InvalidInputError, PackdeskError

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.domain.dimensions import Dimensions, PackageType
    from packdesk.domain.state import PackagingState
    from packdesk.jobs.calls import Call, Calls
    from packdesk.services.designs import DesignService

SAVE_EVERY_MS = 150
RETRY_AFTER_MS = 2000


class SizeEdit(NamedTuple):
    """A type and size the user set that the store does not have yet."""

    package_type: PackageType
    dimensions: Dimensions


class SizeSaver(QObject):
    """Holds at most one edit that waits and one that is being written; a newer one replaces the waiting one.

    Signals:
        saved: the state after a write.
        failed: why a write failed; it is tried again unless the store refused the value.
    """

    saved = Signal(object)
    failed = Signal(object)

    def __init__(self, calls: Calls, designs: DesignService, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls = calls
        self._designs = designs
        self._pending: SizeEdit | None = None
        self._next: Callable[[], None] | None = None
        self._writing: SizeEdit | None = None
        self._call: Call | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._write)

    @property
    def unsaved(self) -> SizeEdit | None:
        """The newest edit the store may not have."""
        return self._pending or self._writing

    def edit(self, package_type: PackageType, dimensions: Dimensions, *, at_once: bool = False) -> None:
        """Take a new value; a running write is followed by another."""
        self._pending = SizeEdit(package_type, dimensions)
        if self._writing is None and (at_once or not self._timer.isActive()):
            self._timer.start(0 if at_once else SAVE_EVERY_MS)

    def then(self, action: Callable[[], None]) -> None:
        """Run `action` once nothing waits, at once if nothing does; dropped when the write fails."""
        if self.unsaved is None:
            action()
            return
        self._next = action
        if self._writing is None:
            self._timer.start(0)

    def drop(self) -> None:
        """Forget what waits: the design was replaced as a whole."""
        self._timer.stop()
        self._pending = None

    def flush(self, timeout_s: float) -> None:
        """Write what waits now and wait for it; used when the program ends."""
        self._timer.stop()
        for _ in range(2):  # the running write, then the waiting one
            if self._writing is None:
                self._write()
            if self._call is not None:
                self._call.wait(timeout_s)
                self._writing = None

    @Slot()
    def _write(self) -> None:
        self._writing, self._pending = self._pending, None
        self._call = None
        if self._writing is not None:
            kind, size = self._writing
            work = self._designs.update_dimensions(kind, *size.as_tuple())
            self._call = self._calls.start(work, self._on_saved, self._on_failed)

    def _on_saved(self, state: PackagingState) -> None:
        self._writing = None
        if self._pending is not None:
            self._timer.start(0 if self._next else SAVE_EVERY_MS)
        self.saved.emit(state)
        if self._pending is None and self._next is not None:
            action, self._next = self._next, None
            action()

    def _on_failed(self, error: PackdeskError) -> None:
        edit, self._writing = self._writing, None
        self._next = None
        if not isinstance(error, InvalidInputError):
            self._pending = self._pending or edit
            self._timer.start(RETRY_AFTER_MS)
        self.failed.emit(error)
