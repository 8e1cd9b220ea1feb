"""A process for one file, and a clock that ends it."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from packdesk.processes import own_processes
from packdesk.textures.foreign.limits import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

WORD, READY = 20, b"ready"
"""Bytes of a word of an answer; the first one."""
_STARTING_S = 60.0
"""Of a machine with much to do; nothing of the file has been looked at by then."""
_ENDED = (-9, -24)
"""By our clock, by the limit of its processor's time, or for want of memory."""
_ENDING_S = 2.0
_one_at_a_time = threading.Lock()
"""Each may take as much memory as there is for one."""


class UnreadyError(Exception):
    """A process says why it cannot begin."""


class CrashedError(Exception):
    """The process has ended before it answered.

    Attributes:
        too_much: by our clock, or by a limit.
    """

    def __init__(self, *, too_much: bool) -> None:
        super().__init__("too much" if too_much else "crashed")
        self.too_much = too_much


class Ending:
    """Ends a conversation before its time, from another thread; it is as if its time were over."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: SpawnProcess | None = None
        self._ended = False

    def end(self) -> None:
        """Nobody wants its answer any more."""
        with self._lock:
            self._ended = True
            if self._process is not None:
                self._process.kill()

    def watch(self, process: SpawnProcess) -> None:
        """This is what there is to be ended; at once, where that was said before."""
        with self._lock:
            self._process = process
            if self._ended:
                process.kill()


@contextmanager
def conversation(
    run: Callable[[Connection, str], None], kind: str, seconds: float, ending: Ending | None = None
) -> Iterator[Connection]:
    """A pipe to a process for one file, which is ended afterwards, or when its time is over.

    Args:
        run: what it runs: it says `ready` first, or why it cannot, which is for whoever asks.
        kind: of the file.
        seconds: of a processor, which it limits itself to; by the clock it has `PATIENCE` times as long.
        ending: ends it before.

    Raises:
        CrashedError: it has ended before it answered.
        UnreadyError: it has said that it cannot.
    """
    with _one_at_a_time, _process_for(run, kind) as (pipe, process):
        if ending is not None:
            ending.watch(process)
        try:
            with _within(_STARTING_S, process):
                told = pipe.recv_bytes(WORD)
            if told != READY:
                raise UnreadyError(told.decode("ascii", "replace"))
            with _within(seconds * PATIENCE, process):
                yield pipe
        except (EOFError, OSError) as error:
            process.join(_ENDING_S)
            raise CrashedError(too_much=process.exitcode in _ENDED) from error


def prepare(run: Callable[[Connection, str], None], kind: str) -> None:
    """Have a process for the next file of a kind wait for it: to start one takes as long as to decode.

    One waits at most, and ends with this program. Blocks for some milliseconds.
    """
    with _waiting_lock:
        known = _waiting.get(run)
        if known is not None and known.kind == kind and known.process.is_alive():
            return
        _waiting[run] = _started(run, kind)
    if known is not None:
        known.end()


class _Started(NamedTuple):
    """A process for a file of a kind; it says `ready` through its pipe."""

    kind: str
    pipe: Connection
    process: SpawnProcess

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


_waiting: dict[Callable[[Connection, str], None], _Started] = {}
_waiting_lock = threading.Lock()


def _started(run: Callable[[Connection, str], None], kind: str) -> _Started:
    context = own_processes()
    ours, theirs = context.Pipe()
    process = context.Process(target=run, args=(theirs, kind), daemon=True)
    process.start()
    theirs.close()
    return _Started(kind, ours, process)


def _prepared(run: Callable[[Connection, str], None], kind: str) -> _Started | None:
    with _waiting_lock:
        known = _waiting.get(run)
        if known is None or known.kind != kind:
            return None
        del _waiting[run]
    if known.process.is_alive():
        return known
    known.end()
    return None


@contextmanager
def _process_for(
    run: Callable[[Connection, str], None], kind: str
) -> Iterator[tuple[Connection, SpawnProcess]]:
    """One for a kind of file, which waits for it or is started; it is ended afterwards."""
    one = _prepared(run, kind) or _started(run, kind)
    try:
        yield one.pipe, one.process
    finally:
        one.end()


@contextmanager
def _within(seconds: float, process: SpawnProcess) -> Iterator[None]:
    """Ends the process when the time is over, whatever either side waits for; reading from it then raises."""
    clock = threading.Timer(seconds, process.kill)
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()
