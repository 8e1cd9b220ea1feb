"""Processes of our own beside a window or a command."""

from __future__ import annotations

import contextlib
import signal
import sys
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import TYPE_CHECKING

from packdesk.programs import trust_no_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

_SILENCE = "ignore:resource_tracker:UserWarning"


class OwnProcess(SpawnProcess):
    """Hears nothing of Ctrl-C, which a terminal sends to all, not even before its own first line is run."""

    def start(self) -> None:
        """As of every process."""
        with _unheard():
            super().start()


class OwnContext(SpawnContext):
    """Begins such processes."""

    Process = OwnProcess


def own_processes() -> SpawnContext:
    """Where processes, and what they share, are made: each is begun anew.

    Forking a process that has threads and a window open is not safe.
    """
    trust_no_folder()  # else Python starts with the current folder before its own libraries
    if _SILENCE not in sys.warnoptions:  # what tidies up after a cancelled process would tell of it
        sys.warnoptions.append(_SILENCE)
    return OwnContext()


@contextlib.contextmanager
def _unheard() -> Iterator[None]:
    """A process that is begun meanwhile inherits that SIGINT waits; we hear of it a moment later."""
    if sys.platform == "win32":
        yield
        return
    from multiprocessing import resource_tracker  # noqa: PLC0415  (of POSIX alone)

    resource_tracker.ensure_running()  # else it begins meanwhile, and lets SIGINT through again
    former = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, former)
