"""Calls from the GUI thread to the loop thread whose answers come back on the GUI thread."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from packdesk.errors import PackdeskError, UnexpectedError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from concurrent.futures import Future

    from packdesk.jobs.loop_thread import LoopThread

_log = logging.getLogger(__name__)


class _Answer(NamedTuple):
    value: Any = None
    error: PackdeskError | None = None
    cancelled: bool = False


class _Continuation(NamedTuple):
    done: Callable[[Any], None]
    failed: Callable[[PackdeskError], None]
    cancelled: Callable[[], None]


class Call:
    """A running call.

    Attributes:
        future: its end.
        error: why it failed, as soon as it has.
    """

    def __init__(self, thread: LoopThread) -> None:
        self._thread = thread
        self._task: asyncio.Task[Any] | None = None
        self.future: Future[Any] | None = None
        self.error: PackdeskError | None = None

    def cancel(self) -> None:
        """Cancel the call on the loop; its `cancelled` continuation runs when it has cleaned up."""
        # A coroutine of its own runs after the call's first step, so the call is never cancelled unentered.
        if self._thread.takes_work:
            self._thread.submit(self._cancel())

    def wait(self, timeout_s: float) -> bool:
        """Block until the call has ended, True, or the time is over; its continuation does not run yet."""
        if self.future is not None:
            try:
                self.future.exception(timeout_s)
            except TimeoutError:
                return False
        return True

    def entered(self) -> None:
        """Remember the task; the call itself says so."""
        self._task = asyncio.current_task()

    async def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()


class Calls(QObject):
    """Starts coroutines and runs one of three continuations, on the thread this object lives in.

    The loop thread only ever emits a signal to a slot of this object: a lambda or a method of a plain object
    would run over there.
    """

    _answered = Signal(int, object)

    def __init__(self, thread: LoopThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = thread
        self._next = 0
        self._waiting: dict[int, _Continuation] = {}
        self._answered.connect(self._on_answer)

    def start(
        self,
        work: Coroutine[Any, Any, Any],
        done: Callable[[Any], None],
        failed: Callable[[PackdeskError], None],
        cancelled: Callable[[], None] | None = None,
    ) -> Call:
        """Run `work` on the loop and one continuation here when it has ended.

        Once the thread has stopped, work is dropped unrun: signals that were on their way still arrive.
        """
        call = Call(self._thread)
        if not self._thread.takes_work:
            work.close()
            return call
        self._next += 1
        self._waiting[self._next] = _Continuation(done, failed, cancelled or _nothing)
        call.future = self._thread.submit(self._carry(self._next, call, work))
        return call

    def forget(self) -> None:
        """Drop every continuation: answers that still come are for nobody."""
        self._waiting.clear()

    async def _carry(self, number: int, call: Call, work: Coroutine[Any, Any, Any]) -> None:
        call.entered()
        try:
            answer = _Answer(value=await work)
        except PackdeskError as error:
            call.error = error
            answer = _Answer(error=error)
        except asyncio.CancelledError:
            answer = _Answer(cancelled=True)
        except Exception:  # noqa: BLE001  (the last door before the thread)
            # A fault of ours: the details are for the log, the user gets a sentence.
            _log.exception("A background task failed unexpectedly")
            answer = _Answer(
                error=UnexpectedError("Something unexpected went wrong.", "The log has the details.")
            )
        self._answered.emit(number, answer)

    @Slot(int, object)
    def _on_answer(self, number: int, answer: _Answer) -> None:
        continuation = self._waiting.pop(number, None)
        if continuation is None:
            return
        if answer.cancelled:
            continuation.cancelled()
        elif answer.error is not None:
            continuation.failed(answer.error)
        else:
            continuation.done(answer.value)


def _nothing() -> None:
    pass


def ignore(_: object) -> None:
    """For an answer nobody waits for."""
