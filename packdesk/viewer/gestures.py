"""Mouse gestures: orbit, pan or click. Positions in logical pixels."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QPointF, Qt


class Gesture(Enum):
    """What a drag does to the camera."""

    ORBIT = auto()
    PAN = auto()


class MouseTracker:
    """Follows one press of a mouse button until its release."""

    def __init__(self, drag_distance: int) -> None:
        """Call a press a click as long as the pointer stays within that distance."""
        self._drag_distance = drag_distance
        self._start = QPointF()
        self._last = QPointF()
        self._button = Qt.MouseButton.NoButton
        self._gesture: Gesture | None = None
        self._dragging = False

    @property
    def gesture(self) -> Gesture | None:
        """The gesture of the pressed button, None while none is pressed."""
        return self._gesture

    @property
    def start(self) -> QPointF:
        """Where the button was pressed."""
        return self._start

    def press(self, position: QPointF, button: Qt.MouseButton, modifiers: Qt.KeyboardModifier) -> None:
        """Begin a gesture, unless another button has begun one."""
        if self._gesture is not None:
            return
        sideways = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        if button == Qt.MouseButton.LeftButton:
            self._gesture = Gesture.PAN if sideways else Gesture.ORBIT
        elif button in (Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton):
            self._gesture = Gesture.PAN
        self._button, self._dragging = button, False
        self._start = self._last = position

    def move(self, position: QPointF) -> QPointF | None:
        """How far the drag went since the last call; None while it may still be a click."""
        if self._gesture is None:
            return None
        if not self._dragging and (position - self._start).manhattanLength() < self._drag_distance:
            return None
        self._dragging = True
        step = position - self._last
        self._last = position
        return step

    def release(self, button: Qt.MouseButton) -> bool:
        """End the gesture of that button; True if it was a click."""
        if button != self._button:
            return False
        clicked = self._gesture is not None and not self._dragging
        self._gesture, self._button = None, Qt.MouseButton.NoButton
        return clicked
