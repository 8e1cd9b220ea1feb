"""A slider for a length in millimetres that keyboard and wheel can move too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from superqt import QDoubleSlider

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QWheelEvent

_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1}
_PAGES = {Qt.Key.Key_PageUp: 1, Qt.Key.Key_PageDown: -1}


class LengthSlider(QDoubleSlider):
    """Moves by keys as Qt's own slider does, and by the wheel only when it has the focus."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)  # type: ignore[no-untyped-call]  # superqt's has no types
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Step, page, or go to an end; superqt itself has no keys."""
        wanted = self._wanted(Qt.Key(event.key()))
        if wanted is None:
            super().keyPressEvent(event)
        else:
            self.setValue(wanted)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  (Qt's name)
        """Move when focused; else the wheel scrolls what is around."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _wanted(self, key: Qt.Key) -> float | None:
        if key in _STEPS:
            return float(self.value() + _STEPS[key] * self.singleStep())
        if key in _PAGES:
            return float(self.value() + _PAGES[key] * self.pageStep())
        ends = {Qt.Key.Key_Home: self.minimum(), Qt.Key.Key_End: self.maximum()}
        return ends.get(key)
