"""Limits of the decoding process: nothing it decodes can open a file or a socket, or take the machine."""

from __future__ import annotations

import math
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

SECONDS, SHEET_SECONDS = 5, 30
"""Of a processor, for a picture, and for artwork of a whole blank. A busy machine refuses no more."""
PATIENCE = 1 if sys.platform == "win32" else 6
"""So many times as long by the clock, for what hangs and computes nothing. Windows has this alone."""
_BYTES = 3 * 2**30
"""Of addresses, not of memory in use: 64 megapixels with a copy or two."""


def settle_in() -> None:
    """End with the window, leave Ctrl+C to it, and say nothing: C libraries write to the error stream."""
    import multiprocessing  # noqa: PLC0415  (it is loaded already)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    parent = multiprocessing.parent_process()

    def follow() -> None:
        if parent is not None:
            with suppress(OSError):
                _wait_for(parent)
            os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


def _wait_for(parent: BaseProcess) -> None:
    if sys.platform == "win32":
        parent.join()
    else:  # the end of a pipe; to wait by `poll`, as `join` does, fails where no file may be opened
        os.read(parent.sentinel, 1)


def limit(seconds: int = SECONDS, *, files: bool = False) -> None:
    """From now on. Windows has no such limits; the clock and the end of the process are what is left there.

    Args:
        seconds: of the processor, besides what was spent before: importing a library is nothing the file did.
        files: whether files may be opened, to read typefaces.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  (not on Windows)

    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_AS, _BYTES)
    _lower(resource.RLIMIT_CPU, math.ceil(time.process_time()) + seconds)
    if not files:
        _lower(resource.RLIMIT_NOFILE, 0)  # what is open stays open: the pipe to the window


def _lower(kind: int, value: int) -> None:
    import resource  # noqa: PLC0415  (not on Windows)

    with suppress(ValueError, OSError):  # macOS refuses some
        resource.setrlimit(kind, (value, value))
