"""A view's first frames, over which what takes long at first is spread."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QObject

NOTHING, PACKAGE, FLOOR = 1, 2, 3
"""What the first frames end with, in their order; 0 stands for whole ones."""


class Opening(QTimer):
    """Making shaders takes long: a view's first frames show one thing more each.

    Started after a frame that was not whole, it asks for the next by `timeout`: after whatever the user did.

    Attributes:
        step: what the frame that is being drawn ends with; 0 when it is a whole one, or none is drawn.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent, interval=0, singleShot=True)
        self.step = 0
        self._next = NOTHING
        self.timeout.connect(self._advance)

    @contextmanager
    def frame(self) -> Iterator[None]:
        """While a frame of the window is drawn; pictures for elsewhere are whole at once."""
        self.step = self._next if self._next <= FLOOR else 0
        try:
            yield
        finally:
            self.step = 0

    def _advance(self) -> None:
        self._next += 1
