"""Between the GUI thread and the loop thread: a coroutine over here awaits answers from over there."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from packdesk.errors import PackdeskError, UnexpectedError

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Coroutine, Generator
    from concurrent import futures

    from packdesk.jobs.loop_thread import LoopThread
    from packdesk.jobs.opening import Opening
    from packdesk.services.container import Services

    Failed = Callable[[PackdeskError], object]

T = TypeVar("T")
P = ParamSpec("P")
_log = logging.getLogger(__name__)


class CancelledError(BaseException):
    """What a task waits for was cancelled; asyncio's own is for the loop thread."""


class Answer(Generic[T]):
    """What a coroutine on the GUI thread waits for. Given on that thread, once.

    Attributes:
        error: why there is no value, if there is none.
    """

    def __init__(self) -> None:
        self.error: BaseException | None = None
        self._value: T | None = None
        self._given = False
        self._resume: Callable[[], None] = _nothing

    def give(self, value: T) -> None:
        """Let whoever waits go on with a value."""
        self._value = value
        self._go_on()

    def refuse(self, error: BaseException) -> None:
        """Let the error be raised where the answer is awaited."""
        self.error = error
        self._go_on()

    def cancel(self) -> None:
        """Let `CancelledError` be raised where the answer is awaited."""
        if not self._given:
            self.refuse(CancelledError())

    def then(self, resume: Callable[[], None]) -> None:
        """Have `resume` called when the answer is given, and nothing else."""
        self._resume = resume

    def _go_on(self) -> None:
        self._given = True
        resume, self._resume = self._resume, _nothing
        resume()

    def __await__(self) -> Generator[Answer[T], None, T]:
        """Wait; the bridge goes on with the coroutine."""
        if not self._given:
            yield self
        if self.error is not None:
            raise self.error
        return self._value  # type: ignore[return-value]  # given, or the error was raised


class Call(Answer[T]):
    """A coroutine that runs on the loop thread, and its answer."""

    def __init__(self, thread: LoopThread) -> None:
        super().__init__()
        self._thread = thread
        self._task: asyncio.Task[Any] | None = None
        self.future: futures.Future[None] | None = None

    def cancel(self) -> None:
        """Cancel it over there; the answer comes when it has cleaned up."""
        # A coroutine of its own runs after the call's first step, so the call is never cancelled unentered.
        if self._thread.takes_work:
            self._thread.submit(self._cancel())

    def wait(self, timeout_s: float) -> bool:
        """Block until it has ended, True, or the time is over; nobody goes on with the answer meanwhile."""
        if self.future is not None:
            try:
                self.future.exception(timeout_s)
            except TimeoutError:
                return False
        return True

    async def carry(self, work: Coroutine[Any, Any, T], ended: Callable[[Call[T], object], None]) -> None:
        """Run on the loop thread and call `ended`, however it ends."""
        import asyncio  # noqa: PLC0415  (see `CancelledError`)

        self._task = asyncio.current_task()
        value: T | None = None
        try:
            value = await work
        except PackdeskError as error:
            self.error = error
        except asyncio.CancelledError:
            self.error = CancelledError()
        except Exception as error:  # noqa: BLE001  (the last door before the thread)
            self.error = unexpected(error)
        ended(self, value)

    async def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()


class Task:
    """A coroutine that runs on the GUI thread, from answer to answer.

    Attributes:
        ended: it goes on no more.
    """

    def __init__(self, steps: Coroutine[Any, Any, None], failed: Failed) -> None:
        self._steps = steps
        self._failed = failed
        self._awaited: Answer[Any] | None = None
        self._cancelled = self._running = False
        self.ended = False

    def cancel(self) -> None:
        """Cancel what it waits for: `CancelledError` is raised in it, once that has cleaned up.

        Where that has just ended by itself, what it waits for next is cancelled.
        """
        self._cancelled = True
        if self._awaited is not None:
            self._awaited.cancel()

    def close(self) -> None:
        """Let it go on no more; where it says so itself, from its next answer on."""
        self.ended = True
        if self._awaited is not None:
            self._awaited.then(_nothing)
        if not self._running:
            self._steps.close()

    def step(self) -> None:
        """Go on until the next answer that is not there yet."""
        if self._awaited is not None and isinstance(self._awaited.error, CancelledError):
            self._cancelled = False  # it hears of it now
        self._awaited = None
        try:
            self._awaited = self._go_on()
            if self.ended:  # closed from within
                self._awaited.then(_nothing)
                self._steps.close()
                return
            self._awaited.then(self.step)
            if self._cancelled:
                self._awaited.cancel()
        except (StopIteration, CancelledError):
            self.ended = True
        except PackdeskError as error:
            self.ended = True
            self._failed(error)
        except Exception as error:  # noqa: BLE001  (nobody else would hear of it)
            self.ended = True
            self._failed(unexpected(error))

    def _go_on(self) -> Answer[Any]:
        self._running = True
        try:
            answer: Answer[Any] = self._steps.send(None)
        finally:
            self._running = False
        return answer


class Bridge(QObject):
    """Runs tasks on the thread this object lives in, and their calls on the loop thread.

    The loop thread only ever emits a signal to a slot of this object: a lambda or a method of a plain object
    would run over there. Once the loop thread has stopped, nothing is begun any more: signals that were on
    their way still arrive.
    """

    _answered = Signal(object, object)

    def __init__(self, thread: LoopThread, opening: Opening, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = thread
        self._opening = opening
        self._tasks: list[Task] = []
        self._closed = False
        self._answered.connect(self._on_answer)

    @property
    def _takes_work(self) -> bool:
        return self._thread.takes_work and not self._closed

    def start(self, steps: Coroutine[Any, Any, None], failed: Failed) -> Task:
        """Run a coroutine here, its first step at once; it may await nothing but answers of this module.

        Args:
            steps: the coroutine. Cancelled, it ends silently.
            failed: called with the error it ends with; a fault of ours is logged and made `UnexpectedError`.
        """
        task = Task(steps, failed)
        if self._takes_work:
            self._tasks = [one for one in self._tasks if not one.ended] + [task]
            task.step()
        else:
            task.close()
        return task

    def call(self, work: Coroutine[Any, Any, T]) -> Call[T]:
        """Run a coroutine on the loop thread, beginning now; await its answer in a task."""
        call: Call[T] = Call(self._thread)
        if self._takes_work:
            call.future = self._thread.submit(call.carry(work, self._answered.emit))
        else:
            work.close()
            call.refuse(CancelledError())
        return call

    def ask(self, work: Callable[[Services], Coroutine[Any, Any, T]]) -> Call[T]:
        """Have the services do something on the loop thread, where they are made at the first time."""
        return self.call(self._asked(work))

    def work(self, blocking: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Call[T]:
        """Call what blocks in a worker of the loop thread."""
        return self.call(_in_worker(partial(blocking, *args, **kwargs)))

    async def _asked(self, work: Callable[[Services], Coroutine[Any, Any, T]]) -> T:
        return await work(self._opening.services())

    def tell(self, work: Callable[[Services], Coroutine[Any, Any, object]], failed: Failed) -> Call[object]:
        """As `ask`, where only a failure matters."""
        return self.send(self._asked(work), failed)

    def send(self, work: Coroutine[Any, Any, object], failed: Failed) -> Call[object]:
        """Run a coroutine on the loop thread of which only a failure matters."""
        call = self.call(work)
        self.start(_heard(call), failed)
        return call

    def close(self) -> None:
        """Begin nothing more and let no task go on: answers that still come are for nobody."""
        self._closed = True
        for task in self._tasks:
            task.close()
        self._tasks.clear()

    @Slot(object, object)
    def _on_answer(self, call: Call[Any], value: object) -> None:
        if call.error is not None:
            call.refuse(call.error)
        else:
            call.give(value)


async def _in_worker(blocking: Callable[[], T]) -> T:
    import asyncio  # noqa: PLC0415  (see `CancelledError`)

    return await asyncio.to_thread(blocking)


async def _heard(call: Call[object]) -> None:
    await call


def unexpected(fault: BaseException) -> UnexpectedError:
    """A fault of ours: the details are for the log, the user gets a sentence."""
    _log.error("A background task failed unexpectedly", exc_info=fault)
    return UnexpectedError("Something unexpected went wrong.", "The log has the details.")


def _nothing() -> None:
    pass


def ignore(_: object) -> None:
    """For errors that are reported elsewhere, or concern nobody."""
