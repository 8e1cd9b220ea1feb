"""Work that may be stopped: from then on nothing it makes takes its place, and what it has begun is undone.

A decoder or a painter cannot be interrupted. So stopping does not wait for it: whoever puts a file in its
place asks here first, under a lock, and finds that nobody wants it any more.
"""

from __future__ import annotations

import contextlib
import threading
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class StoppedError(BaseException):
    """The work is wanted no longer. Nobody who tells of failures takes it for one."""


class Stop:
    """Whether work is still wanted.

    Attributes:
        in_time: whether it was stopped before anything of it was in its place.
    """

    def __init__(self, asked: Callable[[], bool] = lambda: False) -> None:
        """Wanted until `set` is called, or `asked` says otherwise."""
        self._asked = asked
        self._stopped = threading.Event()
        self._placing = threading.RLock()
        self._placed = False
        self._undoing: list[Callable[[], object]] = []
        self.in_time = False

    def set(self) -> bool:
        """Nothing takes its place from now on; returns whether nothing has yet."""
        with self._placing:
            self._stopped.set()
            self.in_time = not self._placed
            return self.in_time

    def is_set(self) -> bool:
        """Whether it is wanted no longer."""
        return self._stopped.is_set() or self._asked()

    def check(self) -> None:
        """Go on only while it is wanted.

        Raises:
            StoppedError: it is not.
        """
        if self.is_set():
            raise StoppedError

    @contextlib.contextmanager
    def placing(self) -> Iterator[None]:
        """While something is put in its place; `set` waits for it, or comes before it.

        Raises:
            StoppedError: it is wanted no longer.
        """
        with self._placing:
            self.check()
            yield
            self._placed = True

    @contextlib.contextmanager
    def undone_by(self, undo: Callable[[], object]) -> Iterator[None]:
        """While there is something that `undo_all` has to take away."""
        self._undoing.append(undo)
        try:
            yield
        finally:
            self._undoing.remove(undo)

    def undo_all(self) -> None:
        """Take away what was begun, the last first; for a process that ends without unwinding."""
        for undo in reversed(self._undoing):
            with contextlib.suppress(OSError):
                undo()


_current: ContextVar[Stop | None] = ContextVar("stop", default=None)


@contextlib.contextmanager
def stoppable(stop: Stop) -> Iterator[None]:
    """What is done meanwhile, also in threads of `asyncio.to_thread`, can be stopped so."""
    token = _current.set(stop)
    try:
        yield
    finally:
        _current.reset(token)


def is_stoppable() -> bool:
    """Whether what is being done can be stopped."""
    return _current.get() is not None


def current_stop() -> Stop:
    """What stops what is being done; one that nobody sets where nobody made it stoppable."""
    return _current.get() or Stop()


def check_wanted() -> None:
    """Go on only while what is being done is wanted.

    Raises:
        StoppedError: it is not.
    """
    stop = _current.get()
    if stop is not None:
        stop.check()


def placing() -> contextlib.AbstractContextManager[None]:
    """As `Stop.placing`, for what is being done; nothing stops what nobody made stoppable."""
    stop = _current.get()
    return contextlib.nullcontext() if stop is None else stop.placing()


def undone_by(undo: Callable[[], object]) -> contextlib.AbstractContextManager[None]:
    """As `Stop.undone_by`, for what is being done."""
    stop = _current.get()
    return contextlib.nullcontext() if stop is None else stop.undone_by(undo)
