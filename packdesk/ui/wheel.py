"""The wheel scrolls what it is turned over, and sets a field only when that has the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QSlider, QWidget


def guard_wheel(window: QWidget) -> None:
    """Guard every spin box, combo box and slider that stands in a window now."""
    guard = _WheelGuard(window)
    for kind in (QAbstractSpinBox, QComboBox, QSlider):
        for field in window.findChildren(kind):
            if field.focusPolicy() == Qt.FocusPolicy.WheelFocus:
                field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel does not take the focus
            field.installEventFilter(guard)


class _WheelGuard(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Leave the wheel to what is around a field without the focus."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False
