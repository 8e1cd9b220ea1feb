"""A process for one file, and a clock that ends it."""

from __future__ import annotations

import multiprocessing
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from packdesk.programs import trust_no_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

STARTING_S = 60.0
"""Of a machine with much to do; nothing of the file has been looked at by then."""
ENDED = (-9, -24)
"""By our clock, by the limit of its processor's time, or for want of memory."""
ENDING_S = 2.0
one_at_a_time = threading.Lock()
"""Each may take as much memory as there is for one."""


@contextmanager
def process_for(
    run: Callable[[Connection, str], None], kind: str
) -> Iterator[tuple[Connection, SpawnProcess]]:
    """Start one for a kind of file, and end it; it says `ready` through its pipe."""
    trust_no_folder()  # else Python starts with the current folder before its own libraries
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=run, args=(theirs, kind), daemon=True)
    process.start()
    theirs.close()
    try:
        yield ours, process
    finally:
        process.kill()
        process.join()
        ours.close()


@contextmanager
def within(seconds: float, process: SpawnProcess) -> Iterator[None]:
    """Ends the process when the time is over, whatever either side waits for; reading from it then raises."""
    clock = threading.Timer(seconds, process.kill)
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()
