"""The place of a dock whose content is made when it is opened for the first time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from packdesk.ui.wheel import guard_wheel

if TYPE_CHECKING:
    from PySide6.QtCore import QSize


class LatePlace(QWidget):
    """Empty until the dock is opened.

    Args:
        size: as large as it likes to be then.

    Signals:
        opened: it is seen.
    """

    opened = Signal()

    def __init__(self, size: QSize) -> None:
        super().__init__()
        self.setObjectName("side")
        self._size = size
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def fill(self, content: QWidget, home: QWidget) -> None:
        """Show what is in the dock; `home` has the focus where that goes to the dock."""
        guard_wheel(content)
        self._column.addWidget(content)
        self.setFocusProxy(home)

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """The size it was made with."""
        return self._size

    def showEvent(self, event: object) -> None:  # noqa: N802  (Qt's name)
        """Tell it."""
        del event
        self.opened.emit()
