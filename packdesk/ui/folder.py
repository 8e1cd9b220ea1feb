"""Folds and unfolds the package in a moment."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation, Signal, Slot
from PySide6.QtWidgets import QApplication, QStyle

_WHOLE_WAY_MS = 2600


class Folder(QObject):
    """One movement at a time.

    Signals:
        moved: how far the package is folded now, 0 to 1.
    """

    moved = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._motion = QVariantAnimation(self)
        self._motion.setEasingCurve(QEasingCurve.Type.InOutSine)
        self._motion.valueChanged.connect(self._tell)

    def go(self, start: float, goal: float) -> None:
        """Move from one share to another; at once where the desktop wants no animations."""
        self._motion.stop()
        style = QApplication.style()
        if not style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration):
            self.moved.emit(goal)
            return
        self._motion.setDuration(max(1, round(_WHOLE_WAY_MS * abs(goal - start))))
        self._motion.setStartValue(start)
        self._motion.setEndValue(goal)
        self._motion.start()

    def stop(self) -> None:
        """Stay."""
        self._motion.stop()

    @Slot(object)
    def _tell(self, share: float) -> None:
        self.moved.emit(share)
