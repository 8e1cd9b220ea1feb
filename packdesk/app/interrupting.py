"""Ctrl-C and a polite kill end a command that writes files at once, also while a decoder is at work.

Python runs handlers of signals between two instructions of its main thread, and at its end waits for every
thread. So another thread is told of signals, by the system itself: it stops what is being written, leaves the
command a moment to end by itself, takes away what it has begun, and ends the process.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from typing import TYPE_CHECKING

from packdesk.stopping import Stop, stoppable

if TYPE_CHECKING:
    from collections.abc import Iterator

GRACE_S = 0.05
INTERRUPTED = 130
_ENDING = {signal.SIGINT, signal.SIGTERM}


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """While files are written that are not to be written when the command is interrupted."""
    stop = Stop()
    if threading.current_thread() is not threading.main_thread():  # signals are the main thread's
        with stoppable(stop):
            yield
        return
    reading, writing = socket.socketpair()
    writing.settimeout(0)
    former = signal.set_wakeup_fd(writing.fileno(), warn_on_full_buffer=False)
    watch = threading.Thread(target=_watch, args=(reading, stop), name="interrupting", daemon=True)
    watch.start()
    handler = signal.signal(signal.SIGTERM, signal.default_int_handler)  # what can unwinds
    try:
        with stoppable(stop):
            yield
    finally:
        signal.signal(signal.SIGTERM, handler)
        signal.set_wakeup_fd(former)
        writing.close()
        watch.join()  # where it has seen a signal, the process ends with it


def _watch(reading: socket.socket, stop: Stop) -> None:
    with reading:
        while told := reading.recv(64):  # a byte a signal
            if _ENDING & set(told):
                _end(stop)


def _end(stop: Stop) -> None:
    if not stop.set():
        return  # all is written: the command ends as it would
    sys.stderr.write("\npackdesk: Cancelled. Nothing was written.\n")
    sys.stderr.flush()
    time.sleep(GRACE_S)
    for child in multiprocessing.active_children():
        child.kill()
    stop.undo_all()
    os._exit(INTERRUPTED)
