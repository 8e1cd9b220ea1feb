"""Saving sizes while a slider moves: a few times a second, and the last value always."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from packdesk.domain import transitions
from packdesk.errors import (
    ForeignDocumentError,
    InvalidInputError,
    PackageChangedError,
    PackdeskError,
    ReadOnlyError,
)
from packdesk.jobs.calls import ignore
from packdesk.store.last_seen import PendingEdit

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.domain.dimensions import Dimensions, PackageType
    from packdesk.domain.state import PackagingState
    from packdesk.jobs.calls import Call, Calls
    from packdesk.services.designs import DesignService

SAVE_EVERY_MS = 150
RETRY_AFTER_MS = 2000
_FINAL = (
    InvalidInputError,
    PackageChangedError,
    ForeignDocumentError,
    ReadOnlyError,
)  # trying again cannot help


class SizeEdit(NamedTuple):
    """A size the user set that the store does not have yet; `switches` when the type was set with it."""

    package_type: PackageType
    dimensions: Dimensions
    switches: bool = False


class _Queued(NamedTuple):
    action: Callable[[], None]
    dropped: Callable[[], None]


class SizeSaver(QObject):
    """Holds at most one edit that waits and one that is being written; a newer one replaces the waiting one.

    Signals:
        saved: the state after a write.
        failed: why a write failed, once until one succeeds; it is tried again unless that cannot help.
        refused: what was edited last will never be in the store.
        waiting: whether an edit is not in the store yet.
    """

    saved = Signal(object)
    failed = Signal(object)
    refused = Signal()
    waiting = Signal(bool)

    def __init__(self, calls: Calls, designs: DesignService, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls = calls
        self._designs = designs
        self._pending: SizeEdit | None = None
        self._writing: SizeEdit | None = None
        self._call: Call | None = None
        self._queue: list[_Queued] = []
        self._dropped = False
        self._told = False
        self._kept = False
        self._closing = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._write)

    @property
    def unsaved(self) -> SizeEdit | None:
        """The newest edit the store may not have."""
        return self._pending or (None if self._dropped else self._writing)

    def laid_over(self, stored: PackagingState) -> PackagingState:
        """The state with the unsaved edit in it, if it is for a package of that type."""
        edit = self.unsaved
        if edit is None or not (edit.switches or edit.package_type == stored.package_type):
            return stored
        return transitions.resize(stored, edit.package_type, edit.dimensions, stored.updated_at or "")

    def edit(self, edit: SizeEdit) -> None:
        """Take a new value; a running write is followed by another. A switch is written at once."""
        switches = edit.switches or bool(self._pending and self._pending.switches)
        self._pending = edit._replace(switches=switches)
        self.waiting.emit(True)  # noqa: FBT003  (a signal's argument has no name)
        if self._writing is None and (switches or not self._timer.isActive()):
            self._timer.start(0 if switches else SAVE_EVERY_MS)

    def take_up(self, edit: SizeEdit) -> None:
        """Take an edit that an earlier run of the program has left on this machine's disk."""
        self._kept = True
        self.edit(edit)

    def then(self, action: Callable[[], None], dropped: Callable[[], None] | None = None) -> None:
        """Run `action` once nothing waits, at once if nothing does; `dropped` if the write fails."""
        if self._pending is None and self._writing is None:
            action()
            return
        self._queue.append(_Queued(action, dropped or _nothing))
        if self._writing is None:
            self._timer.start(0)

    def drop(self) -> None:
        """Forget what waits: the design is replaced as a whole. A running write is not repeated."""
        self._timer.stop()
        self._pending = None
        self._dropped = self._writing is not None
        self._drop_queue()
        self.waiting.emit(self.unsaved is not None)

    def flush(self, timeout_s: float) -> None:
        """Write what waits now and wait for it, at most that long; used when the program ends."""
        self._timer.stop()
        self._queue.clear()
        self._closing = True
        deadline = time.monotonic() + timeout_s
        if self._writing is None:
            self._write()
        while self._call is not None and self._writing is not None:
            ended = self._call.wait(max(0.0, deadline - time.monotonic()))
            if not ended or (self._call.error and not isinstance(self._call.error, _FINAL)):
                self._keep(self.unsaved)
                return
            self._write()

    @Slot()
    def _write(self) -> None:
        self._writing, self._pending = self._pending, None
        self._call, self._dropped = None, False
        if self._writing is None:
            return
        kind, size, switches = self._writing
        save = self._designs.update_dimensions if switches else self._designs.resize
        self._call = self._calls.start(save(kind, *size.as_tuple()), self._on_saved, self._on_failed)

    def _on_saved(self, state: PackagingState) -> None:
        self._writing, self._told = None, False
        if self._pending is not None:
            self._timer.start(0 if self._queue else SAVE_EVERY_MS)
        self.saved.emit(state)
        self.waiting.emit(self._pending is not None)
        if self._pending is None:
            if self._kept:
                self._keep(None)
            self._run_queue()

    def _on_failed(self, error: PackdeskError) -> None:
        edit, self._writing = self._writing, None
        if self._dropped:
            self._run_queue()
            return
        self._drop_queue()
        if not isinstance(error, _FINAL):
            self._pending = self._pending or edit
            self._keep(self._pending)
            self._timer.start(RETRY_AFTER_MS)
        elif self._pending is not None:
            self._timer.start(SAVE_EVERY_MS)
        final = isinstance(error, _FINAL)
        if final or not self._told:
            self.failed.emit(error)
        self._told = not final
        if self.unsaved is None:
            self.refused.emit()
        self.waiting.emit(self._pending is not None)

    def _keep(self, edit: SizeEdit | None) -> None:
        """Have the edit written to this machine's disk, or forgotten there."""
        self._kept = edit is not None
        pending = edit and PendingEdit(
            package_type=edit.package_type, dimensions=edit.dimensions, switches=edit.switches
        )
        call = self._calls.start(self._designs.keep_pending(pending), ignore, self.failed.emit)
        if self._closing:
            call.wait(1.0)

    def _run_queue(self) -> None:
        queue, self._queue = self._queue, []
        for queued in queue:
            queued.action()

    def _drop_queue(self) -> None:
        queue, self._queue = self._queue, []
        for queued in queue:
            queued.dropped()


def _nothing() -> None:
    pass
