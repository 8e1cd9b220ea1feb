"""The end of the process: in time, whatever is still being decoded."""

from __future__ import annotations

import atexit
import logging
import multiprocessing
import os
import sys
import threading
import time

GRACE_S = 0.3
_log = logging.getLogger(__name__)


def leave(code: int) -> None:
    """Return when every thread has ended within a moment; else end the process here, with that exit code.

    Python waits at its end for every thread of a pool, and a decoder cannot be interrupted. By now all that
    had to be written is written, and files are written beside their place, so none is left in halves.
    Processes that paint or draw for this one end with it.
    """
    deadline = time.monotonic() + GRACE_S
    for thread in _at_work():
        thread.join(max(0.0, deadline - time.monotonic()))
    late = _at_work()
    if not late:
        return
    # Python would wait for each to paint its picture to the end.
    for child in multiprocessing.active_children():
        child.kill()
    _log.info("Left without waiting for: %s", ", ".join(thread.name for thread in late))
    atexit._run_exitfuncs()  # noqa: SLF001  (os._exit passes over what others want done at the end)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # a window without a console has none
            stream.flush()
    os._exit(code)


def _at_work() -> list[threading.Thread]:
    # Threads of a pool begun on a thread of Qt's are daemons by inheritance, and waited for all the same.
    here = threading.current_thread()
    others = [thread for thread in threading.enumerate() if thread is not here]
    return [thread for thread in others if not isinstance(thread, threading._DummyThread)]  # noqa: SLF001
