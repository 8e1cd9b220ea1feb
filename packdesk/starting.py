"""Until a command touches anything, Ctrl-C and a polite kill end the process there and then.

Python would raise `KeyboardInterrupt` between any two instructions, in the middle of a library's import too:
Qt's then ends the whole program with a fault of its own, others with a strange `ImportError`.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

INTERRUPTED = 130
CANCELLED = "\npackdesk: Cancelled. Nothing was written.\n"
_ENDING = (signal.SIGINT, signal.SIGTERM)


def end_at_once() -> None:
    """From now on they end the process; only where they are not ignored, as in the background of a shell."""
    for one in _ENDING:
        if signal.getsignal(one) is not signal.SIG_IGN:
            signal.signal(one, _end)


def begin() -> None:
    """From now on they raise `KeyboardInterrupt`: what was begun is to be put in order. May be repeated."""
    if threading.current_thread() is not threading.main_thread():  # signals are the main thread's
        return
    for one in _ENDING:
        if signal.getsignal(one) is _end:
            signal.signal(one, signal.default_int_handler)


def finish() -> None:
    """From now on nothing can be cancelled: all is written and told, and the process ends by itself."""
    for one in _ENDING:
        signal.signal(one, signal.SIG_IGN)


def _end(number: int, frame: FrameType | None) -> None:
    del number, frame
    with contextlib.suppress(OSError):  # a window without a console has nowhere to say it
        os.write(2, CANCELLED.encode())
    os._exit(INTERRUPTED)
