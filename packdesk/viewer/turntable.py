"""Turns the package slowly, as on a shop's turntable."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

DEGREES_PER_SECOND = 24.0
_FRAME_MS = 16


class Turntable(QObject):
    """Counts the degrees to turn by; at the same speed however long a frame takes.

    Signals:
        turned: degrees since the last time.
        changed: whether it runs.
    """

    turned = Signal(float)
    changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = QElapsedTimer()
        self._timer = QTimer(self, interval=_FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._step)

    def set_running(self, running: bool) -> None:  # noqa: FBT001  (a slot)
        """Start or stop."""
        if running == self._timer.isActive():
            return
        if running:
            self._clock.start()
            self._timer.start()
        else:
            self._timer.stop()
        self.changed.emit(running)

    def _step(self) -> None:
        self.turned.emit(DEGREES_PER_SECOND * self._clock.restart() / 1000)
