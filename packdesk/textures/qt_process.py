"""A process of its own that has Qt's fonts, beside a window or a command: what it needs at its start."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication

CONTEXT = multiprocessing.get_context("spawn")
"""Forking a process that has threads and a window open is not safe."""


def begin(politeness: int = 0) -> QGuiApplication:
    """Make the application of a worker process, which ends with its parent, however that ends.

    Args:
        politeness: added to the process's nice value.
    """
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415  (only there)

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the parent
    if politeness and hasattr(os, "nice"):
        os.nice(politeness)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    return QGuiApplication(["packdesk", "-platform", "offscreen"])


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # no worker outlives a window that was killed
