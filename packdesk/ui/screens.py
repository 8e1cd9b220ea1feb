"""Windows as large as wanted, but never larger than the screen they open on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QCursor, QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

FRAME = QSize(4, 40)
"""What desktops draw around a window, at most; how much is known only once it is shown."""


def fit(window: QWidget, wanted: QSize) -> None:
    """Give a window that is not shown yet a size, as far as its screen has room for it."""
    window.resize(wanted.boundedTo(window.screen().availableSize() - FRAME))


def open_in_the_middle(window: QWidget, wanted: QSize) -> None:
    """As `fit`, in the middle of the screen that is being worked at."""
    screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
    free = screen.availableGeometry()
    size = wanted.boundedTo(free.size() - FRAME)
    around = (free.size() - size - FRAME) / 2
    window.resize(size)
    window.move(free.left() + around.width(), free.top() + around.height())
