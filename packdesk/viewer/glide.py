"""Moves a camera to another place in a moment instead of a jump."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation, Signal

if TYPE_CHECKING:
    from packdesk.viewer.camera import Camera


class Glide(QObject):
    """One movement at a time; `moved` carries the camera on its way."""

    moved = Signal(object)

    def __init__(self, parent: QObject, milliseconds: int) -> None:
        super().__init__(parent)
        self._ends: tuple[Camera, Camera] | None = None
        self._motion = QVariantAnimation(self)
        self._motion.setDuration(milliseconds)
        self._motion.setStartValue(0.0)
        self._motion.setEndValue(1.0)
        self._motion.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._motion.valueChanged.connect(self._advance)

    def start(self, origin: Camera, goal: Camera) -> None:
        """Leave for the goal."""
        self._motion.stop()
        self._ends = origin, goal
        self._motion.start()

    def stop(self) -> None:
        """Stay where the camera is."""
        self._motion.stop()
        self._ends = None

    def goal(self) -> Camera | None:
        """Where the camera is going, None when it stands still."""
        running = self._motion.state() == QVariantAnimation.State.Running
        return self._ends[1] if running and self._ends else None

    def _advance(self, share: float) -> None:
        if self._ends:
            origin, goal = self._ends
            self.moved.emit(goal if share >= 1 else origin.blended(goal, share))
