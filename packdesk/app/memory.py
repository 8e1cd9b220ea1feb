"""Memory of pictures goes back to the system as soon as it is free."""

from __future__ import annotations

import ctypes
import sys

_MMAP_THRESHOLD = -3  # of glibc's mallopt
_LARGE_BYTES = 2**20


def give_back_at_once() -> None:
    """Have the C library return every large block when it is freed; nothing happens where it is not glibc.

    By itself glibc learns from the first large block that is freed, and keeps the later ones in its heap.
    """
    if not sys.platform.startswith("linux"):
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, _LARGE_BYTES)
