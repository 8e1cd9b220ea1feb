"""What every process of ours that works for another one does first."""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import signal
import sys
import threading

_M_ARENA_MAX, _HEAPS = -8, 2


def settle_in(politeness: int = 0) -> None:
    """Leave Ctrl+C to the parent, step back behind it, and end with it, however it ends.

    It may begin processes of its own, such as for files that are decoded apart: they end with it likewise.

    Args:
        politeness: added to the process's nice value.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if politeness and hasattr(os, "nice"):
        os.nice(politeness)
    # Daemons may begin none. Its parent goes on to take it for one, and ends it when it ends itself.
    multiprocessing.current_process().daemon = False
    threading.Thread(target=_end_with_parent, daemon=True).start()


def share_heaps() -> None:
    """Let few heaps serve all threads, so that a process that works for long does not grow.

    glibc gives each thread a heap of its own, and what is freed in one is of no use to another (mallopt(3),
    `M_ARENA_MAX`). Elsewhere nothing is done. Before other threads begin.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):  # another library of C
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _HEAPS)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        with contextlib.suppress(OSError):
            parent.join()
        os._exit(1)  # nothing is drawn or made for a window or a command that was killed
