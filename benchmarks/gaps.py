"""How fluid an event loop stays."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Slot

TICK_MS = 4


class GapMeter(QObject):
    """The longest time the event loop did not come round."""

    def __init__(self) -> None:
        super().__init__()
        self.longest_ms = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def begin(self) -> None:
        """Forget what was."""
        self.longest_ms, self._last = 0.0, time.perf_counter()

    @Slot()
    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest_ms = max(self.longest_ms, (now - self._last) * 1000 - TICK_MS)
        self._last = now
