"""Saving sizes while a slider moves: a few times a second, and the last value always."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from packdesk.domain import transitions
from packdesk.errors import (
    ForeignDocumentError,
    InvalidInputError,
    PackageChangedError,
    PackdeskError,
    ReadOnlyError,
)
from packdesk.jobs.bridge import Answer

if TYPE_CHECKING:
    from packdesk.domain.size_edit import SizeEdit
    from packdesk.domain.state import PackagingState
    from packdesk.jobs.bridge import Bridge, Call

SAVE_EVERY_MS = 150
RETRY_AFTER_MS = 2000
KEEP_WAIT_S = 1.0
_FINAL = (
    InvalidInputError,
    PackageChangedError,
    ForeignDocumentError,
    ReadOnlyError,
)  # trying again cannot help


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

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._pending: SizeEdit | None = None
        self._writing: SizeEdit | None = None
        self._call: Call[PackagingState] | None = None
        self._queue: list[Answer[None]] = []
        self._dropped = False
        self._reported = False
        self._kept = False
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
        return transitions.resize(stored, edit, stored.updated_at or "")

    def edit(self, edit: SizeEdit) -> None:
        """Take a new value; a running write is followed by another. A switch is written at once."""
        switches = edit.switches or bool(self._pending and self._pending.switches)
        self._pending = replace(edit, switches=switches)
        self.waiting.emit(True)  # noqa: FBT003  (a signal's argument has no name)
        if self._writing is None and (switches or not self._timer.isActive()):
            self._timer.start(0 if switches else SAVE_EVERY_MS)

    def take_up(self, edit: SizeEdit) -> None:
        """Take an edit that an earlier run of the program has left on this machine's disk."""
        self._kept = True
        self.edit(edit)

    async def settled(self) -> None:
        """Return once nothing waits; `CancelledError` when that cannot be written or is dropped."""
        if self._pending is None and self._writing is None:
            return
        answer: Answer[None] = Answer()
        self._queue.append(answer)
        if self._writing is None:
            self._timer.start(0)
        await answer

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
        deadline = time.monotonic() + timeout_s
        if self._writing is None:
            self._write()
        while self._call is not None and self._writing is not None:
            ended = self._call.wait(max(0.0, deadline - time.monotonic()))
            if not ended or (self._call.error and not isinstance(self._call.error, _FINAL)):
                self._keep(self.unsaved).wait(KEEP_WAIT_S)
                return
            self._write()

    @Slot()
    def _write(self) -> None:
        self._writing, self._pending = self._pending, None
        self._call, self._dropped = None, False
        if self._writing is not None:
            self._bridge.start(self._save(self._writing), self.failed.emit)

    async def _save(self, edit: SizeEdit) -> None:
        self._call = self._bridge.ask(lambda services: services.designs.update_dimensions(edit))
        try:
            state = await self._call
        except PackdeskError as error:
            self._writing = None
            self._take_back(edit, error)
        else:
            self._writing, self._reported = None, False
            self._go_on(state)

    def _go_on(self, state: PackagingState) -> None:
        if self._pending is not None:
            self._timer.start(0 if self._queue else SAVE_EVERY_MS)
        self.saved.emit(state)
        self.waiting.emit(self._pending is not None)
        if self._pending is None:
            if self._kept:
                self._keep(None)
            self._run_queue()

    def _take_back(self, edit: SizeEdit, error: PackdeskError) -> None:
        if self._dropped:
            self._run_queue()
            return
        self._drop_queue()
        final = isinstance(error, _FINAL)
        if not final:
            self._pending = self._pending or edit
            self._keep(self._pending)
            self._timer.start(RETRY_AFTER_MS)
        elif self._pending is not None:
            self._timer.start(SAVE_EVERY_MS)
        if final or not self._reported:
            self.failed.emit(error)
        self._reported = not final
        if self.unsaved is None:
            self.refused.emit()
        self.waiting.emit(self._pending is not None)

    def _keep(self, edit: SizeEdit | None) -> Call[object]:
        """Have the edit written to this machine's disk, or forgotten there."""
        self._kept = edit is not None
        return self._bridge.tell(lambda services: services.designs.keep_pending(edit), self.failed.emit)

    def _run_queue(self) -> None:
        queue, self._queue = self._queue, []
        for answer in queue:
            answer.give(None)

    def _drop_queue(self) -> None:
        queue, self._queue = self._queue, []
        for answer in queue:
            answer.cancel()
