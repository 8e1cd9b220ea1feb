"""Ctrl-C and a polite kill end a command that writes files at once, also while a decoder is at work.

Python runs handlers of signals between two instructions of its main thread, and at its end waits for every
thread. So another thread is told of signals, by the system itself: it stops what is being written, takes away
what was begun, and ends the process. What is in its place already is done: such a command ends as it would.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import socket
import sys
import threading
from typing import TYPE_CHECKING

from packdesk.starting import CANCELLED, INTERRUPTED, begin
from packdesk.stopping import Stop, is_stoppable, stoppable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

LATE_S = 0.2
"""What a command has to end by itself once something of it is in its place."""
_ENDING = (signal.SIGINT, signal.SIGTERM)


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """While files are written that are not to be written when the command is interrupted."""
    if is_stoppable():
        yield
        return
    stop, left = Stop(), threading.Event()
    with stoppable(stop), _heard(stop, left):
        yield


@contextlib.contextmanager
def _heard(stop: Stop, left: threading.Event) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():  # signals are the main thread's
        yield
        return
    begin()
    reading, writing = socket.socketpair()
    writing.settimeout(0)
    wakeup = signal.set_wakeup_fd(writing.fileno(), warn_on_full_buffer=False)
    handlers = {one: signal.getsignal(one) for one in _ENDING}
    for one, handler in handlers.items():
        if handler is not signal.SIG_IGN:  # as in the background of a shell
            signal.signal(one, _ignore)
    threading.Thread(target=_watch, args=(reading, stop, left), name="interrupting", daemon=True).start()
    try:
        yield
    finally:
        left.set()
        for one, handler in handlers.items():
            signal.signal(one, handler)
        signal.set_wakeup_fd(wakeup)
        writing.close()


def _watch(reading: socket.socket, stop: Stop, left: threading.Event) -> None:
    with reading:
        while told := reading.recv(64):  # a byte a signal
            if set(_ENDING) & set(told):
                _end(stop, left)


def _end(stop: Stop, left: threading.Event) -> None:
    if stop.set() and multiprocessing.parent_process() is None:  # one of many says nothing
        sys.stderr.write(CANCELLED)
        sys.stderr.flush()
    elif not stop.in_time and left.wait(LATE_S):
        return
    for child in multiprocessing.active_children():
        child.kill()
    stop.undo_all()
    os._exit(INTERRUPTED)


def _ignore(number: int, frame: FrameType | None) -> None:
    """The thread that hears of it does all."""
    del number, frame
