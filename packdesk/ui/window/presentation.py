"""Full screen with nothing but the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget


class Presentation(QObject):
    """Hides everything around the picture, which has the keys then, and brings back what was there.

    Signals:
        changed: whether it is on.
    """

    changed = Signal(bool)

    def __init__(self, picture: QWidget, around: Sequence[QWidget]) -> None:
        """Fill the screen with the window of `picture`; the parts `around` it are hidden meanwhile."""
        super().__init__(picture)
        self._picture = picture
        self._around = around
        self._shown: list[QWidget] = []
        self._former = Qt.WindowState.WindowNoState
        self._focused: QWidget | None = None
        self.active = False

    def set_active(self, active: bool) -> None:  # noqa: FBT001  (a slot)
        """Begin or end it."""
        if active == self.active:
            return
        window = self._picture.window()
        self.active = active
        if active:
            self._former, self._focused = window.windowState(), window.focusWidget()
            self._picture.setFocus()
            self._shown = [part for part in self._around if not part.isHidden()]
            for part in self._shown:
                part.hide()
            window.setWindowState(self._former | Qt.WindowState.WindowFullScreen)
        else:
            window.setWindowState(self._former)
            for part in self._shown:
                part.show()
            if self._focused is not None and shiboken6.isValid(self._focused):
                self._focused.setFocus()
        self.changed.emit(active)
