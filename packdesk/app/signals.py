"""Ctrl-C and a polite kill close the window as its button does: the last edit is saved."""

from __future__ import annotations

import signal
import socket
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot

if TYPE_CHECKING:
    from types import FrameType


class SignalWatch(QObject):
    """Turns SIGINT and SIGTERM into a Qt signal.

    Python notes a signal on a socket that Qt listens to. Its own handler does nothing: it may run between any
    two instructions, in the middle of painting too, where closing the window would pull the context away.

    Signals:
        received: the process was asked to end.
    """

    received = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._reading, self._writing = socket.socketpair()
        for end in (self._reading, self._writing):
            end.settimeout(0)
        self._notifier = QSocketNotifier(self._reading.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._drain)
        signal.set_wakeup_fd(self._writing.fileno())
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _ignore)

    def close(self) -> None:
        """Back to Python's own handling."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        self._notifier.setEnabled(False)
        self._reading.close()
        self._writing.close()

    @Slot()
    def _drain(self) -> None:
        if {signal.SIGINT, signal.SIGTERM} & set(self._reading.recv(64)):  # a byte a signal
            self.received.emit()


def _ignore(number: int, frame: FrameType | None) -> None:
    del number, frame
